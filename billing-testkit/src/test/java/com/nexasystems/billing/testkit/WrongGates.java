package com.nexasystems.billing.testkit;

import com.nexasystems.billing.Ports;
import com.nexasystems.billing.approval.Approval;
import com.nexasystems.billing.approval.Approval.Decision;
import com.nexasystems.billing.approval.Approvals;
import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.invoicing.InvoiceId;
import com.nexasystems.billing.invoicing.LineHold;
import com.nexasystems.billing.invoicing.LineHolds;
import com.nexasystems.billing.production.Certificate;
import com.nexasystems.billing.production.Certificates;
import com.nexasystems.billing.production.Job;
import com.nexasystems.billing.production.Jobs;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** As {@link WrongAdapters}, for jobs, their certificates, and approvals. */
final class WrongGates {

    private WrongGates() {
    }

    private static Ports wrongJobs(Function<Jobs, Object> mistakes) {
        return Wrong.in(Ports.inMemory(), Jobs.class, mistakes);
    }

    private static Ports wrongCertificates(Function<Certificates, Object> mistakes) {
        return Wrong.in(Ports.inMemory(), Certificates.class, mistakes);
    }

    private static Ports wrongApprovals(Function<Approvals, Object> mistakes) {
        return Wrong.in(Ports.inMemory(), Approvals.class, mistakes);
    }

    private static Ports wrongHolds(Function<LineHolds, Object> mistakes) {
        return Wrong.in(Ports.inMemory(), LineHolds.class, mistakes);
    }

    // --- jobs

    @Breaks("JO-1")
    static class FindsAnotherJobForAnUnknownNumber extends JobsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongJobs(right -> new Object() {
                public Optional<Job> find(ServiceId service, String number) {
                    return right.find(service, number).or(() -> right.open(service, Optional.empty(), 10).stream()
                            .findFirst());
                }
            });
        }
    }

    @Breaks("JO-2")
    static class SaysThatATakenNumberWasAdded extends JobsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongJobs(right -> new Object() {
                public boolean add(Job job) {
                    right.add(job);
                    return true;
                }
            });
        }
    }

    @Breaks("JO-3")
    static class KeepsTheFirstOrder extends JobsContract {
        @Override
        protected Ports emptyPorts() {
            Map<UUID, String> orders = new HashMap<>();
            return wrongJobs(right -> new Object() {
                public boolean add(Job job) {
                    orders.putIfAbsent(job.id(), job.order());
                    return right.add(job);
                }

                public void update(Job job) {
                    right.update(job.isCompleted() && job.certificateTypes().size() == 2 ? withOrder(job) : job);
                }

                private Job withOrder(Job job) {
                    return new Job(job.id(), job.service(), job.number(), orders.get(job.id()), job.quantities(),
                            job.master(), job.certificateTypes(), job.completion());
                }
            });
        }
    }

    @Breaks("JO-4")
    static class ClaimsWhatWasThereBefore extends JobsContract {
        @Override
        protected Ports emptyPorts() {
            Map<String, Optional<Job>> claimed = Collections.synchronizedMap(new HashMap<>());
            return wrongJobs(right -> new Object() {
                public Optional<Job> claim(ServiceId service, String number) {
                    Optional<Job> now = right.claim(service, number);
                    return now.isEmpty() ? now : claimed.computeIfAbsent(service + number, first -> now);
                }
            });
        }
    }

    @Breaks("JO-5")
    static class ClaimsTheJobsOfAllServices extends JobsContract {
        @Override
        protected Ports emptyPorts() {
            List<Job> known = new ArrayList<>();
            return wrongJobs(right -> new Object() {
                public boolean add(Job job) {
                    known.add(job);
                    return right.add(job);
                }

                public Optional<Job> claim(ServiceId service, String number) {
                    return right.claim(service, number).or(() -> known.stream().filter(job -> job.number().equals(number))
                            .findFirst());
                }
            });
        }
    }

    @Breaks("JO-6")
    static class BeginsAPageWithTheLastOfThePageBefore extends JobsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongJobs(right -> new Object() {
                public Page<Job> list(ServiceId service, Optional<Boolean> completed, PageRequest request) {
                    Page<Job> all = right.list(service, completed, PageRequest.first(PageRequest.LARGEST));
                    return new Page<>(all.items().stream().skip(Math.max(0, request.offset() - 1)).limit(request.size())
                            .filter(job -> request.offset() <= all.total()).toList(), all.total());
                }
            });
        }
    }

    @Breaks("JO-7")
    static class TakesAJobWithOneCertificateForComplete extends JobsContract {
        @Override
        protected Ports emptyPorts() {
            Ports ports = Ports.inMemory();
            return Wrong.in(ports, Jobs.class, right -> new Object() {
                public List<Job> lackingCertificates(Optional<ServiceId> service, Optional<Job> after, int limit) {
                    return right.lackingCertificates(service, after, limit).stream()
                            .filter(job -> ports.certificates().of(job.id()).isEmpty()).toList();
                }
            });
        }
    }

    @Breaks("JO-8")
    static class FindsAForeignJobByItsId extends JobsContract {
        @Override
        protected Ports emptyPorts() {
            List<Job> known = new ArrayList<>();
            return wrongJobs(right -> new Object() {
                public boolean add(Job job) {
                    known.add(job);
                    return right.add(job);
                }

                public Optional<Job> find(ServiceId service, UUID id) {
                    return known.stream().filter(job -> job.id().equals(id)).findFirst();
                }
            });
        }
    }

    // --- certificates

    @Breaks("CE-1")
    static class GivesCertificatesInNoOrder extends CertificatesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongCertificates(right -> new Object() {
                public List<Certificate> of(UUID job) {
                    List<Certificate> all = right.of(job);
                    return all.size() == 2 && all.get(1).isIssued() ? List.of(all.get(1), all.get(0)) : all;
                }
            });
        }
    }

    @Breaks("CE-2")
    static class SaysThatATakenTypeWasAdded extends CertificatesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongCertificates(right -> new Object() {
                public boolean add(Certificate certificate) {
                    right.add(certificate);
                    return true;
                }
            });
        }
    }

    @Breaks("CE-3")
    static class UpdatesWhatWasNeverAdded extends CertificatesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongCertificates(right -> new Object() {
                public boolean update(Certificate certificate) {
                    return right.update(certificate) || !certificate.isIssued() && right.of(certificate.job()).isEmpty();
                }
            });
        }
    }

    @Breaks("CE-4")
    static class SaysThatAnIssuedCertificateWasChanged extends CertificatesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongCertificates(right -> new Object() {
                public boolean update(Certificate certificate) {
                    return right.update(certificate) || !right.of(certificate.job()).isEmpty();
                }
            });
        }
    }

    @Breaks("CE-5")
    static class ListsIssuedCertificatesFirst extends CertificatesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongCertificates(right -> new Object() {
                public Page<Certificate> list(ServiceId service, Optional<Boolean> issued, PageRequest request) {
                    var all = new ArrayList<>(right.list(service, issued, PageRequest.first(PageRequest.LARGEST)).items());
                    all.sort((a, b) -> Boolean.compare(b.isIssued(), a.isIssued()));
                    return Page.of(all, request);
                }
            });
        }
    }

    @Breaks("CE-6")
    static class FindsNoDraftByItsId extends CertificatesContract {
        @Override
        protected Ports emptyPorts() {
            return wrongCertificates(right -> new Object() {
                public Optional<Certificate> find(ServiceId service, UUID id) {
                    return right.find(service, id).filter(Certificate::isIssued);
                }
            });
        }
    }

    // --- approvals

    @Breaks("AP-1")
    static class HidesApprovalsDecidedWithoutAComment extends ApprovalsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongApprovals(right -> new Object() {
                public Optional<Approval> find(UUID id) {
                    return right.find(id).filter(found -> found.decision().map(Decision::comment).filter(String::isEmpty)
                            .isEmpty());
                }
            });
        }
    }

    @Breaks("AP-2")
    static class TakesTheSameDecisionTwice extends ApprovalsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongApprovals(right -> new Object() {
                public boolean decide(UUID id, Decision decision) {
                    return right.decide(id, decision)
                            || right.find(id).flatMap(Approval::decision).filter(decision::equals).isPresent();
                }
            });
        }
    }

    @Breaks("AP-3")
    static class DecidesAllApprovalsOfTheSubject extends ApprovalsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongApprovals(right -> new Object() {
                public boolean decide(UUID id, Decision decision) {
                    right.find(id).ifPresent(found -> right.of(found.subject()).stream()
                            .filter(other -> !other.id().equals(id)).forEach(other -> right.decide(other.id(), decision)));
                    return right.decide(id, decision);
                }
            });
        }
    }

    @Breaks("AP-4")
    static class GivesTheLatestApprovalFirst extends ApprovalsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongApprovals(right -> new Object() {
                public List<Approval> of(String subject) {
                    var reversed = new ArrayList<>(right.of(subject));
                    Collections.reverse(reversed);
                    return reversed;
                }
            });
        }
    }

    // --- held lines

    @Breaks("LH-1")
    static class ForgetsHoldsOfLinesWithBraces extends LineHoldsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongHolds(right -> new Object() {
                public Map<InvoiceId, List<LineHold>> of(Collection<InvoiceId> invoices) {
                    Map<InvoiceId, List<LineHold>> found = right.of(invoices);
                    return found.values().stream().anyMatch(all -> all.stream().anyMatch(hold -> hold.line().contains("{")))
                            ? Map.of() : found;
                }
            });
        }
    }

    @Breaks("LH-2")
    static class SaysThatAHeldLineWasHeldAgain extends LineHoldsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongHolds(right -> new Object() {
                public boolean add(LineHold hold) {
                    right.add(hold);
                    return true;
                }
            });
        }
    }

    @Breaks("LH-3")
    static class ReleasesAllLinesOfAnInvoice extends LineHoldsContract {
        @Override
        protected Ports emptyPorts() {
            return wrongHolds(right -> new Object() {
                public boolean release(InvoiceId invoice, String line) {
                    right.of(List.of(invoice)).values().forEach(all -> all.stream().filter(hold -> !hold.line().equals(line))
                            .forEach(hold -> right.release(invoice, hold.line())));
                    return right.release(invoice, line);
                }
            });
        }
    }
}
