package com.nexasystems.billing.app;

import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar where somebody watches, else nothing. */
final class Progress implements AutoCloseable {

    private final Optional<ProgressBar> bar;

    private Progress(Optional<ProgressBar> bar) {
        this.bar = bar;
    }

    static Progress of(Host host, String task, long total) {
        return new Progress(host.terminal() ? Optional.of(new ProgressBarBuilder().setTaskName(task).setInitialMax(total)
                .setStyle(ProgressBarStyle.ASCII).setConsumer(new ConsoleProgressBarConsumer(host.err())).build())
                : Optional.empty());
    }

    void step(long count) {
        bar.ifPresent(shown -> shown.stepBy(count));
    }

    @Override
    public void close() {
        bar.ifPresent(ProgressBar::close);
    }
}
