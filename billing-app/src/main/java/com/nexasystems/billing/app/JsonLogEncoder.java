package com.nexasystems.billing.app;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.encoder.EncoderBase;
import java.util.Map;

/** A log entry as one line of JSON: what a log collector looks for stands at the top, by its own name. */
final class JsonLogEncoder extends EncoderBase<ILoggingEvent> {

    private static final byte[] NOTHING = new byte[0];

    @Override
    public byte[] encode(ILoggingEvent event) {
        Map<String, Object> entry = Json.object("time", event.getInstant().toString(), "level", event.getLevel().toString(),
                "logger", event.getLoggerName(), "message", event.getFormattedMessage());
        entry.putAll(event.getMDCPropertyMap());
        if (event.getKeyValuePairs() != null) {
            event.getKeyValuePairs().forEach(pair -> entry.put(pair.key, pair.value));
        }
        if (event.getThrowableProxy() != null) {
            entry.put("exception", ThrowableProxyUtil.asString(event.getThrowableProxy()));
        }
        return Json.line(entry);
    }

    @Override
    public byte[] headerBytes() {
        return NOTHING;
    }

    @Override
    public byte[] footerBytes() {
        return NOTHING;
    }
}
