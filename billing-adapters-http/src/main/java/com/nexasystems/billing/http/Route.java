package com.nexasystems.billing.http;

import com.nexasystems.billing.identity.KeyScope;

/**
 * One operation of the API.
 *
 * @param path    without the base path, such as {@code /customers/{external_id}}
 * @param scope   what the caller's key has to be good for
 * @param commits whether the endpoint keeps and audits by itself what it changes
 * @param proof   what says who calls
 */
record Route(Method method, String path, KeyScope scope, boolean commits, Proof proof, Endpoint endpoint) {

    /** What says who calls. */
    enum Proof {
        KEY,
        /** A link of a customer's, whose token is in the path. */
        LINK,
        /** Its endpoint believes what is signed, and nothing else. */
        SIGNATURE,
        /** A secret in the path, good for one thing; its endpoint looks whether it is. */
        SECRET
    }

    Route(Method method, String path, KeyScope scope, Endpoint endpoint) {
        this(method, path, scope, false, Proof.KEY, endpoint);
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

    static Route delete(String path, Endpoint endpoint) {
        return new Route(Method.DELETE, path, KeyScope.WRITE, endpoint);
    }

    /** The same for keys of another scope: looking by POST, or recording usage. */
    Route needing(KeyScope other) {
        return new Route(method, path, other, commits, proof, endpoint);
    }

    /** The same for an endpoint that shares its commit with others, or makes several. */
    Route committingItself() {
        return new Route(method, path, scope, true, proof, endpoint);
    }

    /** The same for those who have a link, its token being in the path. */
    Route byLink() {
        return new Route(method, path, scope, commits, Proof.LINK, endpoint);
    }

    /** The same for the payment provider, which signs what it sends. */
    Route bySignature() {
        return new Route(method, path, scope, commits, Proof.SIGNATURE, endpoint);
    }

    /** The same for whoever has been sent a secret, which is in the path. */
    Route bySecret() {
        return new Route(method, path, scope, commits, Proof.SECRET, endpoint);
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
