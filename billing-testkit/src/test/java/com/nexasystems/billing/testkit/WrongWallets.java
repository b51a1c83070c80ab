package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.wallet.Consumption;
import com.nexasystems.billing.wallet.OpenWallet;
import com.nexasystems.billing.wallet.TransactionId;
import com.nexasystems.billing.wallet.TransactionQuery;
import com.nexasystems.billing.wallet.Wallet;
import com.nexasystems.billing.wallet.WalletChange;
import com.nexasystems.billing.wallet.WalletId;
import com.nexasystems.billing.wallet.WalletTransaction;
import com.nexasystems.billing.wallet.Wallets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** As {@link WrongAdapters}, for wallets. */
final class WrongWallets {

    private WrongWallets() {
    }

    private static Ports wrong(Function<Wallets, Object> mistakes) {
        return Wrong.in(Ports.inMemory(), Wallets.class, mistakes);
    }

    private static <T> List<T> reversed(List<T> list) {
        var reversed = new ArrayList<>(list);
        Collections.reverse(reversed);
        return reversed;
    }

    @Breaks("WA-1")
    static class ListsWalletsBackwards extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<Wallet> of(ServiceCustomer holder) {
                    return reversed(right.of(holder));
                }
            });
        }
    }

    @Breaks("WA-2")
    static class SaysThatASeventhWalletWasAdded extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public boolean add(Wallet wallet) {
                    right.add(wallet);
                    return true;
                }
            });
        }
    }

    @Breaks("WA-3")
    static class ForgetsPurchasesThatWait extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<OpenWallet> claim(Collection<ServiceCustomer> holders) {
                    return right.claim(holders).stream().map(open -> new OpenWallet(open.wallet(), open.topUps().stream()
                            .filter(topUp -> topUp.status() == WalletTransaction.Status.SETTLED).toList())).toList();
                }
            });
        }
    }

    @Breaks("WA-4")
    static class ClaimsWhatItSawFirst extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            Map<WalletId, OpenWallet> seen = new ConcurrentHashMap<>();
            return wrong(right -> new Object() {
                public List<OpenWallet> claim(Collection<ServiceCustomer> holders) {
                    return right.claim(holders).stream()
                            .map(open -> seen.computeIfAbsent(open.wallet().id(), id -> open)).toList();
                }
            });
        }
    }

    @Breaks("WA-5")
    static class KeepsTheFirstOfSeveralChanges extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public void store(List<WalletChange> changes) {
                    right.store(changes);
                    changes.stream().limit(changes.size() > 2 ? 1 : 0).forEach(first -> right.store(
                            List.of(new WalletChange(first.after(), List.of(), first.changed()))));
                }
            });
        }
    }

    @Breaks("WA-6")
    static class KeepsTheOldRules extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public void update(List<Wallet> wallets) {
                    right.update(wallets.stream()
                            .map(wallet -> wallet.withRules(right.find(wallet.id()).orElseThrow().rules())).toList());
                }
            });
        }
    }

    @Breaks("WA-7")
    static class PassesOverASecondPayment extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public void store(List<WalletChange> changes) {
                    right.store(changes.stream().map(change -> new WalletChange(change.after(),
                            change.added().stream().filter(this::isNew).toList(), change.changed())).toList());
                }

                private boolean isNew(WalletTransaction added) {
                    return added.invoice().stream().flatMap(invoice -> right.ofInvoice(invoice).stream())
                            .noneMatch(known -> known.wallet().equals(added.wallet()) && known.kind() == added.kind());
                }
            });
        }
    }

    @Breaks("WA-8")
    static class PagesTransactionsByTimeAlone extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<WalletTransaction> transactions(WalletId wallet, Optional<WalletTransaction> after, int limit) {
                    return right.transactions(wallet, Optional.empty(), Integer.MAX_VALUE).stream()
                            .filter(next -> after.isEmpty() || next.at().isAfter(after.get().at())).limit(limit).toList();
                }
            });
        }
    }

    @Breaks("WA-9")
    static class ForgetsTheEndOfTopUps extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<WalletId> expiring(Instant asOf, Optional<WalletId> after, int limit) {
                    return right.expiring(asOf, after, Integer.MAX_VALUE).stream()
                            .filter(id -> right.find(id).orElseThrow().expiresAt().isPresent()).limit(limit).toList();
                }
            });
        }
    }

    @Breaks("WA-10")
    static class TopsUpAMomentTooLate extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<WalletId> toppingUp(Instant asOf, Optional<WalletId> after, int limit) {
                    return right.toppingUp(asOf.minusNanos(1000), after, limit);
                }
            });
        }
    }

    @Breaks("WA-11")
    static class ShowsThePurchasesOfOneServiceToAnother extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public List<WalletTransaction> waiting(ServiceId service, Optional<TransactionId> after, int limit) {
                    return right.waiting(Samples.service("hosting").id(), after, limit);
                }
            });
        }
    }

    @Breaks("WA-12")
    static class ListsTheOldestTransactionsFirst extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Page<WalletTransaction> list(WalletId wallet, TransactionQuery query, PageRequest request) {
                    Page<WalletTransaction> all = right.list(wallet, query, PageRequest.first(PageRequest.LARGEST));
                    List<WalletTransaction> oldest = new ArrayList<>(all.items());
                    Collections.reverse(oldest);
                    return Page.of(oldest, request);
                }
            });
        }
    }

    @Breaks("WA-13")
    static class CountsPaymentsTwice extends WalletsContract {
        @Override
        protected Ports emptyPorts() {
            return wrong(right -> new Object() {
                public Map<WalletId, Consumption> consumption(Collection<WalletId> wallets) {
                    Map<WalletId, Consumption> found = new HashMap<>();
                    right.consumption(wallets).forEach((wallet, known) -> found.put(wallet, new Consumption(
                            known.credits().plus(known.credits()), known.lastAt())));
                    return found;
                }
            });
        }
    }
}
