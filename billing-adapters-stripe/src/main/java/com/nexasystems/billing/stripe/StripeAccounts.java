package com.nexasystems.billing.stripe;

import com.nexasystems.billing.identity.Customer;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.model.PaymentMethod;
import com.stripe.model.SetupIntent;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerListParams;
import com.stripe.param.CustomerPaymentMethodListParams;
import com.stripe.param.CustomerSearchParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.SetupIntentListParams;
import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.PaymentMethodType;
import com.stripe.param.checkout.SessionCreateParams.SetupIntentData;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Customers there, and what they have chosen to be charged.
 *
 * <p>A means of payment that was left on our page becomes the customer's default when it is next asked for, once: so it does
 * not depend on a notice that may not come, and a default that somebody sets at Stripe afterwards stays. The customer there
 * says in his metadata which one was the last.
 */
final class StripeAccounts {

    private static final String CUSTOMER = "billing_customer_id";
    private static final String SET_UP = "billing_set_up";
    private static final long PAGE = 100;

    private final StripeCalls calls;
    private final StripeSettings settings;

    StripeAccounts(StripeCalls calls, StripeSettings settings) {
        this.calls = calls;
        this.settings = settings;
    }

    String accountOf(Customer customer) {
        return customer.stripeCustomerId().or(() -> known(customer)).orElseGet(() -> made(customer));
    }

    /** By e-mail, since that list is up to date at once; the search is not, but for that time Stripe knows the key. */
    private Optional<String> known(Customer customer) {
        String id = customer.id().toString();
        return customer.email().map(email -> withEmail(email, id)).orElseGet(() -> searched(id)).stream().findFirst();
    }

    private List<String> withEmail(String email, String id) {
        return calls.all("look up a customer", (stripe, after) -> stripe.customers().list(CustomerListParams.builder()
                        .setEmail(email).setLimit(PAGE).setStartingAfter(after.orElse(null)).build()),
                found -> Optional.of(found.getId()).filter(account -> id.equals(found.getMetadata().get(CUSTOMER))));
    }

    private List<String> searched(String id) {
        return calls.ask("look up a customer", stripe -> stripe.customers().search(CustomerSearchParams.builder()
                .setQuery("metadata['" + CUSTOMER + "']:'" + id + "'").setLimit(PAGE).build()).getData().stream()
                .map(com.stripe.model.Customer::getId).toList());
    }

    private String made(Customer customer) {
        var params = CustomerCreateParams.builder().setName(customer.name()).setEmail(customer.email().orElse(null))
                .putMetadata(CUSTOMER, customer.id().toString()).build();
        RequestOptions key = StripeCalls.under("customer-" + customer.id());
        return calls.ask("make a customer", stripe -> idOf(stripe.customers().create(params, key).getId()),
                e -> e instanceof IdempotencyException ? madeAsAnother(customer) : Optional.empty());
    }

    /** He was asked for before under another name or e-mail, and may have been made so. */
    private Optional<String> madeAsAnother(Customer customer) {
        return searched(customer.id().toString()).stream().findFirst();
    }

    /** The customer as he is there; a failure if there is none. */
    com.stripe.model.Customer find(String account) {
        return calls.ask("customer " + account, stripe -> {
            com.stripe.model.Customer found = stripe.customers().retrieve(account);
            if (!account.equals(found.getId())) {
                throw new IllegalStateException("that is somebody else, or nobody");
            }
            return found;
        });
    }

    Optional<String> meansOf(String account) {
        com.stripe.model.Customer customer = find(account);
        if (Boolean.TRUE.equals(customer.getDeleted())) {
            return Optional.empty();
        }
        return newlySetUp(customer).or(() -> chosen(customer)).or(() -> latest(account));
    }

    private Optional<String> newlySetUp(com.stripe.model.Customer customer) {
        List<SetupIntent> all = calls.all("what " + customer.getId() + " has set up", (stripe, after) ->
                stripe.setupIntents().list(SetupIntentListParams.builder().setCustomer(customer.getId()).setLimit(PAGE)
                        .setStartingAfter(after.orElse(null)).build()),
                setUp -> Optional.of(setUp).filter(StripeAccounts::isDoneOnOurPage));
        String before = Optional.ofNullable(customer.getMetadata()).map(metadata -> metadata.get(SET_UP)).orElse("");
        return all.stream().findFirst().filter(setUp -> !setUp.getId().equals(before))
                .flatMap(setUp -> madeDefault(customer.getId(), setUp));
    }

    private static boolean isDoneOnOurPage(SetupIntent setUp) {
        return "succeeded".equals(setUp.getStatus()) && setUp.getMetadata().containsKey(SET_UP)
                && setUp.getPaymentMethod() != null;
    }

    /** Empty if it is there no more. */
    private Optional<String> madeDefault(String account, SetupIntent setUp) {
        var params = CustomerUpdateParams.builder().putMetadata(SET_UP, setUp.getId()).setInvoiceSettings(
                CustomerUpdateParams.InvoiceSettings.builder().setDefaultPaymentMethod(setUp.getPaymentMethod()).build());
        return calls.ask("make it the default of " + account, stripe -> {
            stripe.customers().update(account, params.build());
            return Optional.of(setUp.getPaymentMethod());
        }, e -> e instanceof InvalidRequestException ? Optional.of(Optional.empty()) : Optional.empty());
    }

    private static Optional<String> chosen(com.stripe.model.Customer customer) {
        return Optional.ofNullable(customer.getInvoiceSettings())
                .flatMap(invoices -> Optional.ofNullable(invoices.getDefaultPaymentMethod()))
                .or(() -> Optional.ofNullable(customer.getDefaultSource()));
    }

    private Optional<String> latest(String account) {
        var params = CustomerPaymentMethodListParams.builder().setLimit(1L).build();
        return calls.ask("means of " + account, stripe -> stripe.customers().paymentMethods().list(account, params)
                .getData().stream().map(PaymentMethod::getId).findFirst());
    }

    URI setUpPage(String account, URI returnTo) {
        var params = SessionCreateParams.builder().setMode(SessionCreateParams.Mode.SETUP).setCustomer(account)
                .addAllPaymentMethodType(settings.means().stream().map(StripeAccounts::kind).toList())
                .setSuccessUrl(returnTo.toString()).setCancelUrl(returnTo.toString())
                .setSetupIntentData(SetupIntentData.builder().putMetadata(SET_UP, "true").build()).build();
        return calls.ask("a page for " + account,
                stripe -> URI.create(stripe.checkout().sessions().create(params).getUrl()));
    }

    /** The kinds of means of payment that a page can offer. */
    static Set<String> kinds() {
        return Stream.of(PaymentMethodType.values()).map(PaymentMethodType::getValue).collect(Collectors.toSet());
    }

    private static PaymentMethodType kind(String means) {
        return Stream.of(PaymentMethodType.values()).filter(type -> type.getValue().equals(means)).findFirst().orElseThrow();
    }

    private static String idOf(String id) {
        return Optional.ofNullable(id).orElseThrow();
    }
}
