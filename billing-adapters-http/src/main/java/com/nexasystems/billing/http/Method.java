package com.nexasystems.billing.http;

/** What a request asks for. */
enum Method {
    GET, POST, PUT, DELETE
}
