package com.nexasystems.billing.jpa;

import com.nexasystems.billing.boundary.PortFailure;
import com.nexasystems.billing.boundary.UnitOfWork;
import jakarta.persistence.PersistenceException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.Transaction;
import org.hibernate.jdbc.ReturningWork;

/** One transaction, bound to the thread. Every port works through the session it holds, or opens one for its own call. */
final class JpaUnitOfWork implements UnitOfWork {

    private static final Logger LOG = System.getLogger(JpaUnitOfWork.class.getName());

    private final SessionFactory sessions;
    private final ThreadLocal<Running> running = new ThreadLocal<>();

    JpaUnitOfWork(SessionFactory sessions) {
        this.sessions = sessions;
    }

    /** What a thread is in the middle of. */
    private static final class Running {

        private final StatelessSession session;
        private boolean failed;

        Running(StatelessSession session) {
            this.session = session;
        }
    }

    @Override
    public <T> T call(Supplier<T> work) {
        Running joined = running.get();
        return joined == null ? begin(work) : partOf(joined, work);
    }

    /** For what Hibernate maps. */
    <T> T inSession(Function<StatelessSession, T> work) {
        return call(() -> work.apply(running.get().session));
    }

    /** For SQL over many rows at once, on the same connection and in the same transaction. */
    <T> T inConnection(ReturningWork<T> work) {
        return inSession(session -> session.doReturningWork(work));
    }

    private <T> T begin(Supplier<T> work) {
        StatelessSession session = open();
        try {
            running.set(new Running(session));
            return transaction(running.get(), work);
        } finally {
            running.remove();
            close(session);
        }
    }

    private StatelessSession open() {
        try {
            return sessions.openStatelessSession();
        } catch (PersistenceException e) {
            throw PortFailures.beforeCommit(e);
        }
    }

    private static <T> T transaction(Running own, Supplier<T> work) {
        Transaction transaction = partOf(own, own.session::beginTransaction);
        T result;
        try {
            result = partOf(own, work);
            if (own.failed) {
                throw new IllegalStateException("a part of this unit of work failed, so nothing of it is kept");
            }
        } catch (RuntimeException | Error e) {
            rollBack(transaction, e);
            throw e;
        }
        commit(transaction);
        return result;
    }

    /** The transaction has ended by now: a connection that cannot be given back changes nothing of what it came to. */
    private static void close(StatelessSession session) {
        try {
            session.close();
        } catch (PersistenceException e) {
            LOG.log(Level.WARNING, "a connection could not be given back", e);
        }
    }

    /** The one place in which the database's exceptions become the port's. */
    private static <T> T partOf(Running whole, Supplier<T> work) {
        try {
            return work.get();
        } catch (PersistenceException e) {
            whole.failed = true;
            throw PortFailures.beforeCommit(e);
        } catch (RuntimeException | Error e) {
            whole.failed = true;
            throw e;
        }
    }

    private static void commit(Transaction transaction) {
        try {
            transaction.commit();
        } catch (RuntimeException e) {
            PortFailure failure = PortFailures.atCommit(e);
            rollBack(transaction, failure);
            throw failure;
        }
    }

    /** What the work threw matters more than a connection that is too broken to roll back: the server does it then. */
    private static void rollBack(Transaction transaction, Throwable why) {
        try {
            if (transaction.getStatus().canRollback()) {
                transaction.rollback();
            }
        } catch (RuntimeException e) {
            why.addSuppressed(e);
        }
    }
}
