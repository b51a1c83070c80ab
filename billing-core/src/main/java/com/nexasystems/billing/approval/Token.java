package com.nexasystems.billing.approval;

import java.util.Optional;
import java.util.UUID;

/** The text in a link: which approval, and the secret. */
record Token(UUID id, TokenHash hash) {

    private static final int ID = 36;

    static String of(UUID id, String secret) {
        return id + "." + secret;
    }

    /** Empty for what is no token at all. */
    static Optional<Token> read(String text) {
        if (text.length() <= ID || text.charAt(ID) != '.') {
            return Optional.empty();
        }
        try {
            UUID id = UUID.fromString(text.substring(0, ID));
            return Optional.of(new Token(id, TokenHash.of(text.substring(ID + 1))));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
