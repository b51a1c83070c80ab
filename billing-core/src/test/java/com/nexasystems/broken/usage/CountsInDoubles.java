package com.nexasystems.broken.usage;

/** Amounts that are almost right. */
public final class CountsInDoubles {

    private double amount;
    private Float boxed;

    public double amount() {
        return amount;
    }

    public void add(double more) {
        amount += more;
        boxed = (float) amount;
    }

    public Float boxed() {
        return boxed;
    }
}
