package com.nexasystems.billing.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What the server refuses before a route sees it, and while it stops, in the API's shape as well. */
final class ServerErrors extends ErrorHandler {

    private static final HttpField TYPE = new HttpField(HttpHeader.CONTENT_TYPE, Answer.JSON);

    @Override
    public boolean errorPageForMethod(String method) {
        return true;
    }

    @Override
    protected void generateResponse(Request request, Response response, int status, String message, Throwable cause,
                                    Callback callback) {
        response.getHeaders().put(TYPE);
        response.write(true, ByteBuffer.wrap(Json.bytes(ApiError.ofServer(status).json())), callback);
    }
}
