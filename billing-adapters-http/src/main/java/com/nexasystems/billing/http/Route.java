package com.nexasystems.billing.http;

import com.nexasystems.billing.identity.KeyScope;

/**
 * One operation of the API.
 *
 * @param path    without the base path, such as {@code /customers/{external_id}}
 * @param scope   what the caller's key has to be good for
 * @param commits whether the endpoint keeps and audits by itself what it changes
 * @param linked  whether a link in the path, and no key, says whose it is
 */
record Route(Method method, String path, KeyScope scope, boolean commits, boolean linked, Endpoint endpoint) {

    Route(Method method, String path, KeyScope scope, Endpoint endpoint) {
        this(method, path, scope, false, false, endpoint);
    }

    static Route get(String path, Endpoint endpoint) {
        return new Route(Method.GET, path, KeyScope.READ, endpoint);
    }

    static Route post(String path, Endpoint endpoint) {
        return new Route(Method.POST, path, KeyScope.WRITE, endpoint);
    }

    static Route put(String path, Endpoint endpoint) {
        return new Route(Method.PUT, path, KeyScope.WRITE, endpoint);
    }

    static Route patch(String path, Endpoint endpoint) {
        return new Route(Method.PATCH, path, KeyScope.WRITE, endpoint);
    }

    static Route delete(String path, Endpoint endpoint) {
        return new Route(Method.DELETE, path, KeyScope.WRITE, endpoint);
    }

    /** The same for keys of another scope: looking by POST, or recording usage. */
    Route needing(KeyScope other) {
        return new Route(method, path, other, commits, linked, endpoint);
    }

    /** The same for an endpoint that shares its commit with others, or makes several. */
    Route committingItself() {
        return new Route(method, path, scope, true, linked, endpoint);
    }

    /** The same for those who have a link, its token being in the path. */
    Route byLink() {
        return new Route(method, path, scope, commits, true, endpoint);
    }

    /** Whether it changes something in one unit of work, which is audited. */
    boolean writes() {
        return method != Method.GET && scope != KeyScope.READ && !commits;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
