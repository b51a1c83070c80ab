package com.nexasystems.billing.http;

/**
 * One operation of the API.
 *
 * @param path  without the base path, such as {@code /customers/{external_id}}
 * @param scope what the caller's key has to be good for
 */
record Route(Method method, String path, Scope scope, Endpoint endpoint) {

    static Route get(String path, Endpoint endpoint) {
        return new Route(Method.GET, path, Scope.READ, endpoint);
    }

    static Route post(String path, Endpoint endpoint) {
        return new Route(Method.POST, path, Scope.WRITE, endpoint);
    }

    static Route put(String path, Endpoint endpoint) {
        return new Route(Method.PUT, path, Scope.WRITE, endpoint);
    }

    static Route patch(String path, Endpoint endpoint) {
        return new Route(Method.PATCH, path, Scope.WRITE, endpoint);
    }

    static Route delete(String path, Endpoint endpoint) {
        return new Route(Method.DELETE, path, Scope.WRITE, endpoint);
    }

    /** The same for keys of another scope: looking by POST, or recording usage. */
    Route needing(Scope other) {
        return new Route(method, path, other, endpoint);
    }

    /** Whether it changes something: then it is one unit of work, and audited. */
    boolean writes() {
        return method != Method.GET && scope != Scope.READ;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
