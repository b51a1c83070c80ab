package com.nexasystems.billing.http;

import com.nexasystems.billing.webhook.DeliveryAttempt;
import com.nexasystems.billing.webhook.WebhookTransport.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.core5.concurrent.FutureCallback;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.nio.AsyncResponseConsumer;
import org.apache.hc.core5.http.nio.CapacityChannel;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Reads an answer until it ends, or until enough of it was read: the rest does not matter, and is not waited for. */
final class AnswerReader implements AsyncResponseConsumer<Answer> {

    private final CompletableFuture<Answer> answer;
    private final int most;
    private final Clock clock;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private HttpResponse head;
    private FutureCallback<Answer> callback;

    /**
     * @param answer is complete as soon as enough was read; whoever waits for it closes the connection then
     * @param most   bytes
     */
    AnswerReader(CompletableFuture<Answer> answer, int most, Clock clock) {
        this.answer = answer;
        this.most = most;
        this.clock = clock;
    }

    @Override
    public void consumeResponse(HttpResponse response, EntityDetails entity, HttpContext context,
                                FutureCallback<Answer> done) {
        head = response;
        callback = done;
        if (entity == null) {
            done.completed(read());
        }
    }

    @Override
    public void informationResponse(HttpResponse response, HttpContext context) throws IOException {
        endIfAnswered();
    }

    @Override
    public void updateCapacity(CapacityChannel channel) throws IOException {
        channel.update(Integer.MAX_VALUE);
    }

    @Override
    public void consume(ByteBuffer source) throws IOException {
        byte[] piece = new byte[Math.min(source.remaining(), most - bytes.size())];
        boolean more = piece.length < source.remaining();
        source.get(piece);
        source.position(source.limit());
        bytes.writeBytes(piece);
        if (more) {
            answer.complete(read());
        }
        endIfAnswered();
    }

    /** Nobody waits any longer. */
    private void endIfAnswered() throws IOException {
        if (answer.isDone()) {
            throw new ConnectionClosedException("enough was read");
        }
    }

    @Override
    public void streamEnd(List<? extends Header> trailers) {
        callback.completed(read());
    }

    @Override
    public void failed(Exception cause) {
        // Whoever asked is told by the request's own callback.
    }

    @Override
    public void releaseResources() {
        // Bytes in memory only.
    }

    private Answer read() {
        Optional<Duration> retryAfter = Optional.ofNullable(head.getFirstHeader(HttpHeaders.RETRY_AFTER))
                .flatMap(header -> RetryAfter.parse(header.getValue(), clock.instant()));
        return new Answer(Optional.of(head.getCode()), retryAfter,
                AnswerText.shown(bytes.toString(StandardCharsets.UTF_8), DeliveryAttempt.LONGEST_DETAIL));
    }
}
