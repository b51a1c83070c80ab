package com.nexasystems.billing.app;

import com.nexasystems.billing.identity.ApiKey;
import com.nexasystems.billing.identity.IssueApiKey.Issued;
import com.nexasystems.billing.identity.KeyScope;
import com.nexasystems.billing.identity.Service;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.quantity.InvalidValue;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Keys for who is at the machine: also when no key of an operator is left. */
@Command(name = "keys", description = "Issues, lists and revokes keys to the API; works while the server runs, too.")
final class KeysCommand {

    private static final String SERVICE = "Code of the service; without one, the keys of operators are meant.";

    private final Host host;

    @Mixin
    private HelpOption help;

    KeysCommand(Host host) {
        this.host = host;
    }

    @Command(name = "issue", description = {"Issues one more key and shows it, this once.",
            "For a service, or for an operator, who manages services and keys."})
    int issue(
            @Parameters(arity = "0..1", paramLabel = "SERVICE", description = SERVICE) Optional<String> code,
            @Option(names = "--name", defaultValue = "command line",
                    description = "For people to tell it from others (default: ${DEFAULT-VALUE}).") String name,
            @Option(names = "--scopes", split = ",", paramLabel = "SCOPE",
                    description = "What it is good for: read, write, usage (default: all of them).") List<String> scopes,
            @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host)) {
            Optional<Service> service = code.map(wanted -> ServicesCommand.find(engine, wanted));
            if (service.isEmpty() && scopes != null) {
                throw new InvalidValue("--scopes", "are for keys of a service; name it");
            }
            Issued issued = service.isPresent()
                    ? engine.billing().apiKeys().issue(service.get().id(), name, scopes(scopes))
                    : engine.billing().apiKeys().issueForOperator(name);
            Audit.keep(host, engine, "key.issued", "key " + issued.key().id());
            if (options.json) {
                Map<String, Object> json = json(issued.key(), host.clock().instant());
                json.put("secret", issued.secret());
                Json.write(host.out(), json);
            } else {
                host.out().println(issued.secret());
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "list", description = "Lists keys, valid or not.")
    int list(
            @Parameters(arity = "0..1", paramLabel = "SERVICE", description = SERVICE) Optional<String> code,
            @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host)) {
            Optional<ServiceId> service = code.map(wanted -> ServicesCommand.find(engine, wanted).id());
            List<ApiKey> keys = engine.ports().apiKeys().of(service);
            Instant now = host.clock().instant();
            if (options.json) {
                Json.write(host.out(), Json.object("keys", keys.stream().map(key -> json(key, now)).toList()));
            } else {
                Table.print(host.out(), List.of("Id", "Name", "Ends with", "Good for", "Since", "Valid"), keys.stream()
                        .map(key -> List.of(key.id().toString(), key.name(), key.hint(), scopes(key),
                                key.createdAt().toString(), key.isValidAt(now) ? "yes" : "no")).toList());
            }
        }
        return ExitCode.OK;
    }

    @Command(name = "revoke", description = "Makes a key invalid, at once and for good.")
    int revoke(
            @Parameters(paramLabel = "ID", description = "Its id, as listed.") UUID id,
            @Mixin ReportOptions options) {
        try (Engine engine = Engine.open(host)) {
            ApiKey revoked = engine.billing().apiKeys().revoke(id);
            Audit.keep(host, engine, "key.revoked", "key " + id);
            if (options.json) {
                Json.write(host.out(), json(revoked, host.clock().instant()));
            } else {
                host.out().println("revoked: " + revoked.name() + ", which ended with " + revoked.hint());
            }
        }
        return ExitCode.OK;
    }

    /** @param texts null if none were chosen */
    private static Set<KeyScope> scopes(List<String> texts) {
        return texts == null ? ApiKey.allOfAService() : texts.stream().map(KeysCommand::scope)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(KeyScope.class)));
    }

    private static KeyScope scope(String text) {
        return Stream.of(KeyScope.values()).filter(scope -> scope.code().equals(text)).findFirst()
                .orElseThrow(() -> new InvalidValue("--scopes", "must be of read, write and usage: " + text));
    }

    private static String scopes(ApiKey key) {
        return key.scopes().stream().map(KeyScope::code).sorted().collect(Collectors.joining(", "));
    }

    private static Map<String, Object> json(ApiKey key, Instant now) {
        return Json.object("id", key.id().toString(), "name", key.name(), "hint", key.hint(),
                "scopes", key.scopes().stream().map(KeyScope::code).sorted().toList(),
                "created_at", key.createdAt().toString(), "valid", key.isValidAt(now));
    }
}
