package com.nexasystems.billing.app;

import com.nexasystems.billing.http.ImportSources;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.jpa.HostingPlatform;
import com.nexasystems.billing.jpa.HostingPlatformSettings;
import com.nexasystems.billing.shadow.SourceApplication;
import java.util.Optional;
import java.util.function.Supplier;

/** The application that the settings name, for whichever service an operator imports it. */
final class ConfiguredSource implements ImportSources {

    private final Optional<HostingPlatformSettings> place;

    private ConfiguredSource(Optional<HostingPlatformSettings> place) {
        this.place = place;
    }

    static ConfiguredSource of(Settings settings) {
        String url = settings.text(Setting.BILLING_SOURCE_URL);
        return new ConfiguredSource(url.isEmpty() ? Optional.empty()
                : Optional.of(place(settings, Setting.databaseUrl(url))));
    }

    /** What the address names counts where a setting of its own says nothing. */
    private static HostingPlatformSettings place(Settings settings, DatabaseAddress address) {
        return new HostingPlatformSettings(address.url(),
                set(settings, Setting.BILLING_SOURCE_USER).or(address::user).orElse(""),
                set(settings, Setting.BILLING_SOURCE_PASSWORD).or(address::password).orElse(""),
                settings.text(Setting.BILLING_SOURCE_SCHEMA));
    }

    private static Optional<String> set(Settings settings, Setting setting) {
        return Optional.of(settings.text(setting)).filter(text -> !text.isEmpty());
    }

    /** To be opened, and closed, by whoever reads it; empty if none is set. */
    Optional<Supplier<HostingPlatform>> platform() {
        return place.map(settings -> () -> HostingPlatform.open(settings));
    }

    @Override
    public Optional<Supplier<SourceApplication>> of(Service service) {
        return place.map(settings -> () -> HostingPlatform.open(settings));
    }
}
