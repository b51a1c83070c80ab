package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.Page;
import com.nexasystems.billing.boundary.PageRequest;
import com.nexasystems.billing.coupon.AppliedCoupon;
import com.nexasystems.billing.coupon.AppliedCouponId;
import com.nexasystems.billing.coupon.AppliedCouponQuery;
import com.nexasystems.billing.coupon.Coupon;
import com.nexasystems.billing.coupon.CouponCode;
import com.nexasystems.billing.coupon.CouponRedemption;
import com.nexasystems.billing.coupon.Coupons;
import com.nexasystems.billing.identity.CustomerId;
import com.nexasystems.billing.identity.ServiceCustomer;
import com.nexasystems.billing.identity.ServiceId;
import com.nexasystems.billing.money.Money;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Currency;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Claims are row locks on {@code applied_coupon}, taken in the order of the ids: no two claims wait for each other. */
final class JpaCoupons implements Coupons {

    private static final Batch<Coupon> COUPONS = CouponTermsColumns.in(new Batch<Coupon>()
            .uuid("service_id", coupon -> coupon.service().value())
            .text("code", coupon -> coupon.code().value())
            .text("name", Coupon::name)
            .instant("expires_at", coupon -> coupon.expiresAt().orElse(null))
            .bool("reusable", Coupon::reusable)
            .bool("active", Coupon::active), Coupon::terms, Coupon::scope);

    private static final Batch<AppliedCoupon> APPLIED = CouponTermsColumns.in(new Batch<AppliedCoupon>()
            .uuid("id", applied -> applied.id().value())
            .uuid("service_id", applied -> applied.holder().service().value())
            .uuid("customer_id", applied -> applied.holder().customer().value())
            .text("coupon_code", applied -> applied.coupon().value())
            .numeric("amount_left", applied -> applied.amountLeft().map(Money::amount).orElse(null))
            .integer("invoices_left", applied -> applied.invoicesLeft().orElse(null))
            .text("state", applied -> applied.state().code())
            .instant("applied_at", AppliedCoupon::appliedAt)
            .instant("ended_at", applied -> applied.endedAt().orElse(null)), AppliedCoupon::terms, AppliedCoupon::scope);

    private static final Batch<CouponRedemption> REDEMPTIONS = new Batch<CouponRedemption>()
            .uuid("invoice_id", CouponRedemption::invoice)
            .uuid("applied_coupon_id", redemption -> redemption.applied().value())
            .text("coupon_code", redemption -> redemption.coupon().value())
            .text("currency", redemption -> redemption.amount().currency().getCurrencyCode())
            .numeric("amount", redemption -> redemption.amount().amount())
            .numerics("shares", redemption -> redemption.shares().stream().map(Money::amount).toList())
            .instant("at", CouponRedemption::at);

    private static final Batch<ServiceCustomer> HOLDERS = new Batch<ServiceCustomer>()
            .uuid("service_id", holder -> holder.service().value())
            .uuid("customer_id", holder -> holder.customer().value());

    private static final Batch<AppliedCouponId> IDS = new Batch<AppliedCouponId>().uuid("id", AppliedCouponId::value);

    private final JpaUnitOfWork unitOfWork;

    JpaCoupons(JpaUnitOfWork unitOfWork) {
        this.unitOfWork = unitOfWork;
    }

    @Override
    public boolean add(Coupon coupon) {
        return unitOfWork.inConnection(connection -> COUPONS.update(connection, """
                INSERT INTO coupon (%s) SELECT * FROM %s
                ON CONFLICT DO NOTHING
                """.formatted(COUPONS.names(), COUPONS.rows()), List.of(coupon))) == 1;
    }

    @Override
    public void change(Coupon coupon) {
        unitOfWork.inConnection(connection -> COUPONS.update(connection, """
                UPDATE coupon c SET name = batch.name, expires_at = batch.expires_at, reusable = batch.reusable,
                       active = batch.active, currency = batch.currency, amount = batch.amount, percent = batch.percent,
                       frequency = batch.frequency, invoices = batch.invoices, plans = batch.plans, metrics = batch.metrics
                FROM %s WHERE c.service_id = batch.service_id AND c.code = batch.code
                """.formatted(COUPONS.rows()), List.of(coupon)));
    }

    @Override
    public void withdraw(ServiceId service, CouponCode code) {
        unitOfWork.inConnection(connection -> Sql.update(connection,
                "UPDATE coupon SET active = false WHERE service_id = ? AND code = ?", service.value(), code.value()));
    }

    @Override
    public Optional<Coupon> find(ServiceId service, CouponCode code) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM coupon WHERE service_id = ? AND code = ?", JpaCoupons::coupon, service.value(), code.value()))
                .stream().findFirst();
    }

    @Override
    public List<Coupon> all(ServiceId service) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM coupon WHERE service_id = ? ORDER BY code", JpaCoupons::coupon, service.value()));
    }

    private static Coupon coupon(ResultSet row) throws SQLException {
        return new Coupon(new ServiceId(row.getObject("service_id", UUID.class)), new CouponCode(row.getString("code")),
                row.getString("name"), CouponTermsColumns.terms(row), CouponTermsColumns.scope(row),
                Optional.ofNullable(Sql.instant(row, "expires_at")), row.getBoolean("reusable"), row.getBoolean("active"));
    }

    @Override
    public boolean apply(AppliedCoupon applied) {
        return unitOfWork.inConnection(connection -> APPLIED.update(connection, """
                INSERT INTO applied_coupon (%s, single_use)
                SELECT batch.*, NOT c.reusable FROM %s
                JOIN coupon c ON c.service_id = batch.service_id AND c.code = batch.coupon_code
                ON CONFLICT (customer_id, service_id, coupon_code) WHERE single_use DO NOTHING
                """.formatted(APPLIED.names(), APPLIED.rows()), List.of(applied))) == 1;
    }

    @Override
    public Optional<AppliedCoupon> find(AppliedCouponId id) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM applied_coupon WHERE id = ?", JpaCoupons::applied, id.value())).stream().findFirst();
    }

    @Override
    public List<AppliedCoupon> of(ServiceCustomer holder) {
        return inOrder(unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM applied_coupon WHERE customer_id = ? AND service_id = ?", JpaCoupons::applied,
                holder.customer().value(), holder.service().value())));
    }

    @Override
    public List<AppliedCoupon> claim(Collection<ServiceCustomer> holders) {
        return inOrder(unitOfWork.inConnection(connection -> HOLDERS.query(connection, """
                SELECT a.* FROM applied_coupon a
                WHERE (a.service_id, a.customer_id) IN (SELECT * FROM %s) AND a.state = 'active'
                ORDER BY a.id FOR UPDATE OF a
                """.formatted(HOLDERS.rows()), holders, JpaCoupons::applied)));
    }

    @Override
    public List<AppliedCoupon> claimAll(Collection<AppliedCouponId> ids) {
        return inOrder(unitOfWork.inConnection(connection -> IDS.query(connection, """
                SELECT a.* FROM applied_coupon a WHERE a.id IN (SELECT * FROM %s) ORDER BY a.id FOR UPDATE OF a
                """.formatted(IDS.rows()), ids, JpaCoupons::applied)));
    }

    private static List<AppliedCoupon> inOrder(List<AppliedCoupon> applied) {
        return applied.stream().sorted(AppliedCoupon.ORDER).toList();
    }

    private static AppliedCoupon applied(ResultSet row) throws SQLException {
        return new AppliedCoupon(new AppliedCouponId(row.getObject("id", UUID.class)),
                new ServiceCustomer(new ServiceId(row.getObject("service_id", UUID.class)),
                        new CustomerId(row.getObject("customer_id", UUID.class))),
                new CouponCode(row.getString("coupon_code")), CouponTermsColumns.terms(row), CouponTermsColumns.scope(row),
                Optional.ofNullable(CouponTermsColumns.money(row, "amount_left")),
                Optional.ofNullable(row.getObject("invoices_left", Integer.class)),
                AppliedCoupon.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                Sql.instant(row, "applied_at"), Optional.ofNullable(Sql.instant(row, "ended_at")));
    }

    /** An UPDATE takes any one of several rows of one id, so that only the last of them is handed to it. */
    @Override
    public void update(List<AppliedCoupon> applied) {
        Map<AppliedCouponId, AppliedCoupon> last = new LinkedHashMap<>();
        applied.forEach(coupon -> last.put(coupon.id(), coupon));
        unitOfWork.inConnection(connection -> APPLIED.update(connection, """
                UPDATE applied_coupon a SET amount_left = batch.amount_left, invoices_left = batch.invoices_left,
                       state = batch.state, ended_at = batch.ended_at
                FROM %s WHERE a.id = batch.id
                """.formatted(APPLIED.rows()), last.values()));
    }

    @Override
    public void record(List<CouponRedemption> redemptions) {
        unitOfWork.inConnection(connection -> REDEMPTIONS.update(connection, """
                INSERT INTO coupon_redemption (%s) SELECT * FROM %s
                """.formatted(REDEMPTIONS.names(), REDEMPTIONS.rows()), redemptions));
    }

    @Override
    public List<CouponRedemption> redemptions(UUID invoice) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "SELECT * FROM coupon_redemption WHERE invoice_id = ? AND stands ORDER BY position",
                JpaCoupons::redemption, invoice));
    }

    @Override
    public Page<AppliedCoupon> list(ServiceId service, AppliedCouponQuery query, PageRequest request) {
        String condition = """
                FROM applied_coupon WHERE service_id = ? AND (?::uuid IS NULL OR customer_id = ?)
                AND (?::boolean IS NULL OR (state = 'active') = ?)
                AND (cardinality(?::text[]) = 0 OR coupon_code = ANY (?::text[]))
                """;
        UUID customer = query.customer().map(CustomerId::value).orElse(null);
        Boolean active = query.active().orElse(null);
        String codes = Sql.arrayLiteral(query.coupons().stream().map(CouponCode::value).iterator());
        Object[] asked = {service.value(), customer, customer, active, active, codes, codes};
        return unitOfWork.inConnection(connection -> new Page<>(Sql.query(connection, "SELECT * " + condition
                + " ORDER BY applied_at DESC, id DESC LIMIT " + request.size() + " OFFSET " + request.offset(),
                JpaCoupons::applied, asked),
                Sql.query(connection, "SELECT count(*) " + condition, row -> row.getLong(1), asked).get(0)));
    }

    @Override
    public List<CouponRedemption> redemptionsOf(Collection<AppliedCouponId> applied) {
        return unitOfWork.inConnection(connection -> IDS.query(connection, """
                SELECT r.* FROM coupon_redemption r WHERE r.applied_coupon_id IN (SELECT * FROM %s) AND r.stands
                ORDER BY r.position
                """.formatted(IDS.rows()), applied, JpaCoupons::redemption));
    }

    @Override
    public List<CouponRedemption> takeBack(UUID invoice) {
        return unitOfWork.inConnection(connection -> Sql.query(connection,
                "UPDATE coupon_redemption SET stands = false WHERE invoice_id = ? AND stands RETURNING *",
                JpaCoupons::redemption, invoice));
    }

    private static CouponRedemption redemption(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        List<Money> shares = Arrays.stream((BigDecimal[]) row.getArray("shares").getArray())
                .map(share -> new Money(currency, share)).toList();
        return new CouponRedemption(row.getObject("invoice_id", UUID.class),
                new AppliedCouponId(row.getObject("applied_coupon_id", UUID.class)),
                new CouponCode(row.getString("coupon_code")), CouponTermsColumns.money(row, "amount"), shares,
                Sql.instant(row, "at"));
    }
}
