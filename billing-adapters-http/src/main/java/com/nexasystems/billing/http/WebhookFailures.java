package com.nexasystems.billing.http;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MalformedChunkCodingException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.TruncatedChunkException;

/** Why there is no answer, in words for those who own the receiver. Names neither addresses nor what was sent. */
final class WebhookFailures {

    private static final int LONGEST = 200;

    private WebhookFailures() {
    }

    static String reason(Throwable failure) {
        Throwable cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof NeverCalled) {
            return "not called: the URL " + cause.getMessage();
        }
        if (cause instanceof UnknownHostException) {
            return "the host has no address";
        }
        if (cause instanceof ConnectTimeoutException) {
            return "could not connect in time";
        }
        if (isBeforeConnecting(cause)) {
            return "could not connect";
        }
        if (cause instanceof SSLException) {
            return AnswerText.shown("no trusted TLS connection: " + cause.getMessage(), LONGEST);
        }
        if (cause instanceof InterruptedIOException) {
            return "no answer in time";
        }
        if (cause instanceof SocketException || cause instanceof ConnectionClosedException
                || cause instanceof TruncatedChunkException) {
            return "the connection broke off before the answer was complete";
        }
        if (cause instanceof HttpException || cause instanceof MessageConstraintException
                || cause instanceof MalformedChunkCodingException) {
            return "the answer is not HTTP, or too large a head";
        }
        return cause instanceof RejectedExecutionException ? "too many names are being looked up"
                : "failed: " + cause.getClass().getSimpleName();
    }

    /** Nothing was sent: another address of the same host can be tried. */
    static boolean isBeforeConnecting(Throwable failure) {
        return failure instanceof ConnectException || failure instanceof NoRouteToHostException
                || failure instanceof ConnectTimeoutException;
    }
}
