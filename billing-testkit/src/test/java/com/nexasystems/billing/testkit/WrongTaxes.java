package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.tax.ServiceTax;
import com.nexasystems.billing.tax.ServiceTaxes;
import com.nexasystems.billing.tax.TaxTarget;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** As {@link WrongAdapters}, for the services' own taxes. */
final class WrongTaxes {

    private WrongTaxes() {
    }

    @Breaks("ST-1")
    static class RoundsTheRate extends ServiceTaxesContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), ServiceTaxes.class, right -> new Object() {
                public boolean add(ServiceTax tax) {
                    return right.add(new ServiceTax(tax.service(), tax.code(), tax.name(),
                            tax.percent().setScale(0, RoundingMode.HALF_UP), tax.appliedToAll()));
                }
            });
        }
    }

    @Breaks("ST-2")
    static class AddsUnderATakenCode extends ServiceTaxesContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), ServiceTaxes.class, right -> new Object() {
                public boolean add(ServiceTax tax) {
                    if (!right.add(tax)) {
                        right.update(tax);
                    }
                    return true;
                }
            });
        }
    }

    @Breaks("ST-3")
    static class RemovesTheTaxesOfThatCodeEverywhere extends ServiceTaxesContract {
        @Override
        protected Ports emptyPorts() {
            Set<ServiceId> known = new LinkedHashSet<>();
            return Wrong.in(Ports.inMemory(), ServiceTaxes.class, right -> new Object() {
                public boolean add(ServiceTax tax) {
                    known.add(tax.service());
                    return right.add(tax);
                }

                public void remove(ServiceId service, String code) {
                    known.forEach(each -> right.remove(each, code));
                }
            });
        }
    }

    @Breaks("ST-4")
    static class ChangesTheTaxesOfThatCodeEverywhere extends ServiceTaxesContract {
        @Override
        protected Ports emptyPorts() {
            Set<ServiceId> known = new LinkedHashSet<>();
            return Wrong.in(Ports.inMemory(), ServiceTaxes.class, right -> new Object() {
                public boolean add(ServiceTax tax) {
                    known.add(tax.service());
                    return right.add(tax);
                }

                public void update(ServiceTax tax) {
                    known.forEach(service -> right.update(new ServiceTax(service, tax.code(), tax.name(), tax.percent(),
                            tax.appliedToAll())));
                }
            });
        }
    }

    @Breaks("ST-5")
    static class PutsTaxesBesideThoseBefore extends ServiceTaxesContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), ServiceTaxes.class, right -> new Object() {
                public boolean put(TaxTarget target, List<String> codes) {
                    List<String> before = right.on(List.of(target)).getOrDefault(target, List.of());
                    return right.put(target, Stream.concat(before.stream(), codes.stream()).toList());
                }
            });
        }
    }

    @Breaks({"ST-3", "ST-6"})
    static class LeavesOutUnknownCodes extends ServiceTaxesContract {
        @Override
        protected Ports emptyPorts() {
            return Wrong.in(Ports.inMemory(), ServiceTaxes.class, right -> new Object() {
                public boolean put(TaxTarget target, List<String> codes) {
                    List<String> known = right.of(List.of(target.service())).getOrDefault(target.service(), List.of())
                            .stream().map(ServiceTax::code).toList();
                    return right.put(target, codes.stream().filter(known::contains).toList());
                }
            });
        }
    }

    @Breaks("ST-7")
    static class RemembersWhatRemovedTaxesWereOn extends ServiceTaxesContract {
        @Override
        protected Ports emptyPorts() {
            Map<TaxTarget, List<String>> remembered = new HashMap<>();
            return Wrong.in(Ports.inMemory(), ServiceTaxes.class, right -> new Object() {
                public boolean put(TaxTarget target, List<String> codes) {
                    boolean done = right.put(target, codes);
                    if (done) {
                        remembered.put(target, codes.stream().distinct().toList());
                    }
                    return done;
                }

                public Map<TaxTarget, List<String>> on(Collection<TaxTarget> targets) {
                    Map<TaxTarget, List<String>> found = new HashMap<>(remembered);
                    found.keySet().retainAll(targets);
                    found.values().removeIf(List::isEmpty);
                    return found;
                }
            });
        }
    }
}
