package com.nexasystems.billing.production;

import java.util.List;

/** A job as the application hands it over. */
public record JobDetails(String number, String order, Quantities quantities, MasterData master,
                         List<String> certificateTypes) {

    public JobDetails {
        certificateTypes = List.copyOf(certificateTypes);
    }
}
