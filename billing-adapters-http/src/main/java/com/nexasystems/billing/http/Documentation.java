package com.nexasystems.billing.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The contract, and pages to browse it by. Everything comes from here: nothing is loaded from elsewhere. */
final class Documentation {

    private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/";
    private static final Map<String, String> ASSETS = Map.of("swagger-ui.css", "text/css", "swagger-ui-bundle.js",
            "text/javascript");

    private Documentation() {
    }

    static void serve(RoutesConfig routes) {
        for (String base : List.of("", BillingApi.BASE, BillingApi.LAGO_BASE)) {
            routes.get(base + "/openapi.json", context -> send(context, "application/json", OpenApi.bytes()));
        }
        routes.get("/docs", context -> send(context, "text/html; charset=utf-8", read(Documentation.class, "docs.html")));
        routes.get("/docs.js", context -> send(context, "text/javascript", read(Documentation.class, "docs.js")));
        ASSETS.forEach((name, type) -> routes.get("/docs/" + name, context -> {
            context.header("Cache-Control", "public, max-age=86400");
            send(context, type, asset(name));
        }));
    }

    private static void send(Context context, String type, byte[] content) {
        context.header("Content-Security-Policy", "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:")
                .contentType(type).result(content);
    }

    private static byte[] asset(String name) {
        var version = new Properties();
        try (InputStream properties = new ByteArrayInputStream(read(Documentation.class,
                "/META-INF/maven/org.webjars/swagger-ui/pom.properties"))) {
            version.load(new InputStreamReader(properties, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read(Documentation.class, WEBJAR + version.getProperty("version") + "/" + name);
    }

    private static byte[] read(Class<?> from, String resource) {
        try (InputStream file = from.getResourceAsStream(resource)) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
