package com.nexasystems.billing.app;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows the settings in force. */
@Command(name = "config", description = "Shows the settings in force and where each comes from; secrets are masked.")
final class ConfigCommand implements Callable<Integer> {

    private final Host host;

    @Mixin
    private ReportOptions report;

    ConfigCommand(Host host) {
        this.host = host;
    }

    @Override
    public Integer call() {
        Settings settings = Settings.of(host);
        if (report.json) {
            var json = Json.object();
            for (Setting setting : Setting.values()) {
                json.put(setting.name(), Json.object("value", shown(settings, setting),
                        "origin", settings.value(setting).origin()));
            }
            Json.write(host.out(), json);
        } else {
            Table.print(host.out(), List.of("Setting", "Value", "From", "Meaning"), Arrays.stream(Setting.values())
                    .map(setting -> List.of(setting.name(), shown(settings, setting), settings.value(setting).origin(),
                            setting.description)).toList());
        }
        return ExitCode.OK;
    }

    private static String shown(Settings settings, Setting setting) {
        return setting.shown(settings.text(setting));
    }
}
