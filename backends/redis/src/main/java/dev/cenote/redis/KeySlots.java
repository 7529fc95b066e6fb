package dev.cenote.redis;

import dev.cenote.protocols.Operation;
import dev.cenote.protocols.operations.Idempotent;
import io.lettuce.core.cluster.SlotHash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;

/** The slots of operations. */
final class KeySlots {
    private KeySlots() {}

    /** The keys of an operation. One of a user's own has its target for a key, if it has one. */
    static List<byte[]> keys(Operation<?, ?> operation) {
        Operation<?, ?> inner = inner(operation);
        return inner instanceof Keyed keyed
                ? keyed.keys()
                : operation.target().map(RedisOperation::bytes).orElse(List.of());
    }

    static Operation<?, ?> inner(Operation<?, ?> operation) {
        Operation<?, ?> inner = operation;
        while (inner instanceof Idempotent<?, ?> wrapped) {
            inner = wrapped.operation();
        }
        return inner;
    }

    /**
     * The slot of all keys; empty if there are none.
     *
     * @throws CrossSlotException if they lie in several
     */
    static OptionalInt common(Operation<?, ?> operation, List<byte[]> keys) {
        if (keys.isEmpty()) {
            return OptionalInt.empty();
        }
        int first = SlotHash.getSlot(keys.get(0));
        for (int i = 1; i < keys.size(); i++) {
            int other = SlotHash.getSlot(keys.get(i));
            if (other != first) {
                throw CrossSlotException.ofOperation(
                        operation.name(), shown(keys.get(0), first), shown(keys.get(i), other));
            }
        }
        return OptionalInt.of(first);
    }

    static boolean areInOne(List<byte[]> keys) {
        for (int i = 1; i < keys.size(); i++) {
            if (SlotHash.getSlot(keys.get(i)) != SlotHash.getSlot(keys.get(0))) {
                return false;
            }
        }
        return true;
    }

    static CrossSlotException.Key shown(byte[] key, int slot) {
        return new CrossSlotException.Key(new String(key, StandardCharsets.UTF_8), slot);
    }
}
