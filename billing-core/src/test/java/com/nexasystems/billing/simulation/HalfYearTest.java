package com.nexasystems.billing.simulation;

import com.nexasystems.billing.testing.Cases;
import org.junit.jupiter.api.Test;

class HalfYearTest {

    @Test
    void the_books_are_right_after_every_step_of_every_half_year() {
        Cases.check(200, random -> new World(random).live());
    }
}
