package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.KnownAnswers;
import com.nexasystems.billing.identity.ApiKey;
import com.nexasystems.billing.identity.ApiKeyHash;
import com.nexasystems.billing.identity.ApiKeys;
import com.nexasystems.billing.identity.AuthenticationLog;
import com.nexasystems.billing.identity.ServiceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** As {@link WrongAdapters}, for who may call, who has tried, and what was answered. */
final class WrongAccess {

    private WrongAccess() {
    }

    @Breaks("AK-1")
    static class FindsNoKeyByItsHash extends ApiKeysContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), ApiKeys.class, right -> new Object() {
                public Optional<ApiKey> find(ApiKeyHash hash) {
                    return Optional.empty();
                }
            });
        }
    }

    @Breaks("AK-2")
    static class RevokesNothing extends ApiKeysContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), ApiKeys.class, right -> new Object() {
                public void update(ApiKey key) {
                }
            });
        }
    }

    @Breaks("AK-3")
    static class ListsTheNewestKeyFirst extends ApiKeysContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), ApiKeys.class, right -> new Object() {
                public List<ApiKey> of(Optional<ServiceId> service) {
                    List<ApiKey> keys = new ArrayList<>(right.of(service));
                    Collections.reverse(keys);
                    return keys;
                }
            });
        }
    }

    @Breaks("AU-1")
    static class ListsTheFirstAttemptFirst extends AuthenticationLogContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), AuthenticationLog.class, right -> new Object() {
                public List<AuthenticationLog.Attempt> latest(int most) {
                    List<AuthenticationLog.Attempt> attempts = new ArrayList<>(right.latest(most));
                    Collections.reverse(attempts);
                    return attempts;
                }
            });
        }
    }

    @Breaks("AU-2")
    static class CountsFailuresAfterTheInstant extends AuthenticationLogContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), AuthenticationLog.class, right -> new Object() {
                public long failuresSince(Instant from) {
                    return right.failuresSince(from.plusNanos(1000));
                }
            });
        }
    }

    @Breaks("AU-3")
    static class RaisesEveryAlert extends AuthenticationLogContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), AuthenticationLog.class, right -> new Object() {
                public boolean raise(long window) {
                    return true;
                }
            });
        }
    }

    @Breaks("KA-1")
    static class LetsAnswersOfUndoneWorkStand extends KnownAnswersContract {
        @Override
        protected Ports emptyPorts() {
            List<String> claimed = Collections.synchronizedList(new ArrayList<>());
            return Wrong.in(Ports.inMemory(), KnownAnswers.class, right -> new Object() {
                public Optional<KnownAnswers.KnownAnswer> claim(String caller, String key, Instant now) {
                    Optional<KnownAnswers.KnownAnswer> known = right.claim(caller, key, now);
                    if (known.isEmpty() && claimed.contains(caller + key)) {
                        return Optional.of(new KnownAnswers.KnownAnswer("", ""));
                    }
                    claimed.add(caller + key);
                    return known;
                }

                public int forget(Instant olderThan) {
                    claimed.clear();
                    return right.forget(olderThan);
                }
            });
        }
    }

    @Breaks("KA-2")
    static class FoldsTheCaseOfKeys extends KnownAnswersContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), KnownAnswers.class, right -> new Object() {
                public Optional<KnownAnswers.KnownAnswer> claim(String caller, String key, Instant now) {
                    return right.claim(caller, key.toLowerCase(), now);
                }

                public void keep(String caller, String key, KnownAnswers.KnownAnswer answer) {
                    right.keep(caller, key.toLowerCase(), answer);
                }
            });
        }
    }

    @Breaks("KA-3")
    static class SharesTheKeysOfAllCallers extends KnownAnswersContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), KnownAnswers.class, right -> new Object() {
                public Optional<KnownAnswers.KnownAnswer> claim(String caller, String key, Instant now) {
                    return right.claim("all", key, now);
                }

                public void keep(String caller, String key, KnownAnswers.KnownAnswer answer) {
                    right.keep("all", key, answer);
                }
            });
        }
    }

    @Breaks("KA-4")
    static class ForgetsNothing extends KnownAnswersContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), KnownAnswers.class, right -> new Object() {
                public int forget(Instant olderThan) {
                    return 0;
                }
            });
        }
    }
}
