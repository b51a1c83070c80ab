package com.nexasystems.billing.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nexasystems.billing.boundary.PortFailure.Effect;
import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.payment.PaymentGateway.Charge.Outcome;
import com.nexasystems.billing.payment.PaymentGateway.Order;
import com.nexasystems.billing.simulator.stripe.StripeFault;
import com.stripe.Stripe;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each failure says of the money, and that what follows it moves the money once. */
@Timeout(60)
class StripeFailuresTest {

    private final StripeWorld world = new StripeWorld();

    @AfterEach
    void stop() {
        world.close();
    }

    @ParameterizedTest
    @CsvSource({"LOST_BEFORE_WORK, UNKNOWN", "LOST_AFTER_WORK, UNKNOWN", "CUT_OFF, UNKNOWN", "CONFLICT, UNKNOWN",
        "RATE_LIMITED, NONE", "RATE_LIMITED_BY_PROXY, NONE", "ERROR_BEFORE_WORK, UNKNOWN", "ERROR_AFTER_WORK, UNKNOWN",
        "UNAVAILABLE, UNKNOWN", "BAD_GATEWAY, UNKNOWN", "BAD_GATEWAY_EMPTY, UNKNOWN", "EMPTY, UNKNOWN",
        "HALF_JSON, UNKNOWN", "FOREIGN_PAGE, UNKNOWN", "MORE_OF_NOTHING, UNKNOWN"})
    void a_failure_says_what_is_known_of_the_money(StripeFault fault, Effect effect) {
        Order order = world.order("invoice-1-1");
        world.stripe.faults().nextPosts(fault);
        PortFailure failure = failure(() -> world.gateway.charge(order));
        assertThat(failure.effect()).isEqualTo(effect);
        assertThat(world.stripe.succeeded("invoice-1-1")).hasSize(fault.works() ? 1 : 0);
        assertThat(world.stripe.requests()).as("sent once").hasSize(1);
        assertThat(world.gateway.find(order).isPresent()).isEqualTo(fault.works());
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "SLOW"}, mode = EnumSource.Mode.EXCLUDE)
    void nothing_that_is_told_of_a_failure_is_a_secret(StripeFault fault) {
        Order order = world.order("invoice-1-1");
        world.stripe.faults().nextPosts(fault);
        assertThat(everything(failure(() -> world.gateway.charge(order))))
                .doesNotContain("donotlogme", "_secret_", "<html>");
    }

    @ParameterizedTest
    @EnumSource(names = {"NONE", "SLOW"}, mode = EnumSource.Mode.EXCLUDE)
    void the_same_order_again_moves_the_money_once_whatever_went_wrong(StripeFault fault) {
        Order order = world.order("invoice-1-1");
        world.stripe.faults().nextPosts(fault);
        failure(() -> world.gateway.charge(order));
        if (fault == StripeFault.ERROR_BEFORE_WORK || fault == StripeFault.ERROR_AFTER_WORK) {
            assertThat(failure(() -> world.gateway.charge(order)).effect()).as("the key's answer").isEqualTo(Effect.UNKNOWN);
            world.clock.advance(Duration.ofHours(25));
        }
        assertThat(world.gateway.charge(order).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(world.stripe.succeeded("invoice-1-1")).hasSize(1);
    }

    @Test
    void an_answer_that_comes_too_late_is_not_waited_for() {
        StripeGateway hasty = StripeGateway.of(world.settings.withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(250)),
                world.clock);
        Order order = world.order("invoice-1-1");
        world.stripe.faults().slowness(Duration.ofSeconds(5)).nextPosts(StripeFault.SLOW);
        assertThat(failure(() -> hasty.charge(order)).effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failure(() -> world.gateway.charge(order))).as("the key is in use until then")
                .hasMessageContaining("409 idempotency_key_in_use");
        assertThat(world.gateway.find(order).map(charge -> charge.outcome())).contains(Outcome.SUCCEEDED);
    }

    @Test
    void an_answer_that_never_ends_is_not_waited_for() throws IOException {
        try (var drip = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture.runAsync(() -> dripInto(drip));
            StripeGateway hasty = StripeGateway.of(world.settings.withApiBase(base(drip))
                    .withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(500)), world.clock);
            assertThat(failure(() -> hasty.charge("pi_1")).effect()).isEqualTo(Effect.UNKNOWN);
        }
    }

    private static void dripInto(ServerSocket server) {
        try (var socket = server.accept()) {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n".getBytes());
            while (true) {
                socket.getOutputStream().write(' ');
                Thread.sleep(50);
            }
        } catch (IOException | InterruptedException e) {
            // The client has gone, as it should.
        }
    }

    @Test
    void a_connection_that_is_refused_has_charged_nothing() {
        Order order = world.order("invoice-1-1");
        world.stripe.close();
        assertThat(failure(() -> world.gateway.charge(order)).effect()).isEqualTo(Effect.NONE);
    }

    @Test
    void a_name_that_is_not_known_has_charged_nothing() {
        StripeGateway nowhere = StripeGateway.of(world.settings.withApiBase(URI.create("http://stripe.invalid")),
                world.clock);
        assertThat(failure(() -> nowhere.charge(world.order("invoice-1-1"))).effect()).isEqualTo(Effect.NONE);
    }

    @Test
    void a_request_that_has_left_is_unknown_also_if_the_next_connection_would_be_refused() throws IOException {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            StripeGateway gateway = StripeGateway.of(world.settings.withApiBase(base(server)), world.clock);
            CompletableFuture.runAsync(() -> readAndDie(server));
            assertThat(failure(() -> gateway.charge(world.order("invoice-1-1"))).effect()).isEqualTo(Effect.UNKNOWN);
        }
    }

    /** As a server that takes an order, and goes down. */
    private static void readAndDie(ServerSocket server) {
        try (var socket = server.accept()) {
            server.close();
            assertThat(socket.getInputStream().read()).isEqualTo('P');
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void an_interrupt_ends_the_call_and_stays() throws InterruptedException {
        world.stripe.faults().slowness(Duration.ofSeconds(30)).nextPosts(StripeFault.SLOW);
        var ended = new CompletableFuture<Effect>();
        Order order = world.order("invoice-1-1");
        var caller = new Thread(() -> {
            PortFailure failure = failure(() -> world.gateway.charge(order));
            ended.complete(Thread.currentThread().isInterrupted() ? failure.effect() : Effect.NONE);
        });
        caller.start();
        while (world.stripe.requests().isEmpty()) {
            Thread.sleep(5);
        }
        caller.interrupt();
        assertThat(ended.join()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void a_key_that_stripe_does_not_know_has_charged_nothing_and_is_not_told() {
        StripeGateway stranger = StripeGateway.of(StripeSettings.of("sk_test_other").withApiBase(world.stripe.base()),
                world.clock);
        PortFailure failure = failure(() -> stranger.charge(world.order("invoice-1-1")));
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(failure).hasMessageContaining("401");
        assertThat(everything(failure)).doesNotContain("sk_test_other");
    }

    @Test
    void reading_fails_as_charging_does() {
        Order order = world.order("invoice-1-1");
        world.gateway.charge(order);
        for (StripeFault fault : List.of(StripeFault.EMPTY, StripeFault.HALF_JSON, StripeFault.BAD_GATEWAY_EMPTY,
                StripeFault.FOREIGN_PAGE, StripeFault.CUT_OFF)) {
            world.stripe.faults().next(fault);
            assertThat(failure(() -> world.gateway.find(order)).effect()).isEqualTo(Effect.UNKNOWN);
            world.stripe.faults().next(fault);
            assertThat(failure(() -> world.gateway.meansOf(world.account)).effect()).isEqualTo(Effect.UNKNOWN);
        }
    }

    @Test
    void nothing_is_set_for_the_whole_process() {
        world.gateway.charge(world.order("invoice-1-1"));
        assertThat(Stripe.apiKey).isNull();
        assertThat(Stripe.enableTelemetry).as("as others have left it").isTrue();
        assertThat(Stripe.getApiBase()).isEqualTo(Stripe.LIVE_API_BASE);
    }

    private static URI base(ServerSocket server) {
        return URI.create("http://" + server.getInetAddress().getHostAddress() + ":" + server.getLocalPort());
    }

    private static String everything(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static PortFailure failure(Runnable call) {
        PortFailure failure = catchThrowableOfType(PortFailure.class, call::run);
        assertThat(failure).isNotNull();
        return failure;
    }
}
