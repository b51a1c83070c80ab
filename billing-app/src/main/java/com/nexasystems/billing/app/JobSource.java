package com.nexasystems.billing.app;

import java.time.Duration;
import java.util.List;

/** Some of the jobs. */
interface JobSource {

    /** All of them, also those that the settings switch off. */
    List<Job> all();

    static Job job(Settings settings, String name, Setting seconds, Job.Work work) {
        return new Job(name, Duration.ofSeconds(settings.integer(seconds)), work);
    }
}
