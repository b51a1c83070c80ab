package com.nexasystems.billing.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnownRowsTest {

    private record Row(UUID id, String text) { }

    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);

    private final List<UUID> read = new ArrayList<>();
    private String text = "before";

    private List<Row> read(Collection<UUID> ids) {
        read.addAll(ids);
        return ids.stream().map(id -> new Row(id, text)).toList();
    }

    @Test
    void a_row_is_read_again_when_its_version_is_another() {
        var rows = new KnownRows<Row>(10, Row::id);
        rows.get(Map.of(FIRST, "1", SECOND, "1"), this::read);
        read.clear();
        text = "after";

        assertThat(rows.get(Map.of(FIRST, "1", SECOND, "2"), this::read))
                .isEqualTo(Map.of(FIRST, new Row(FIRST, "before"), SECOND, new Row(SECOND, "after")));
        assertThat(read).containsExactly(SECOND);
    }

    @Test
    void rows_that_are_forgotten_on_the_way_are_in_the_answer() {
        var rows = new KnownRows<Row>(1, Row::id);
        rows.get(Map.of(FIRST, "1"), this::read);

        assertThat(rows.get(Map.of(FIRST, "1", SECOND, "1"), this::read)).containsOnlyKeys(FIRST, SECOND);
    }
}
