package dev.pxekit.testkit;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An object of the conformance data, whose members the caller knows. A member that is {@code null} counts as absent. */
public final class JsonObject {

    private final com.google.gson.JsonObject members;

    private JsonObject(com.google.gson.JsonObject members) {
        this.members = members;
    }

    public static JsonObject parse(String json) {
        return new JsonObject(JsonParser.parseString(json).getAsJsonObject());
    }

    /** The names of the members in their order, with those that are {@code null}. */
    public Set<String> keys() {
        return members.keySet();
    }

    public boolean has(String key) {
        return member(key).isPresent();
    }

    /** A text, or a number or truth value as text; absent fails. */
    public String text(String key) {
        return required(key).getAsString();
    }

    /** As {@link #text}, for a member that some objects lack. */
    public Optional<String> optionalText(String key) {
        return member(key).map(JsonElement::getAsString);
    }

    /** A whole number; absent fails. */
    public long number(String key) {
        return required(key).getAsLong();
    }

    /** A truth value; absent is false. */
    public boolean flag(String key) {
        return member(key).map(JsonElement::getAsBoolean).orElse(false);
    }

    /** A member that is an object; absent is one without members. */
    public JsonObject object(String key) {
        return new JsonObject(member(key).map(JsonElement::getAsJsonObject).orElseGet(com.google.gson.JsonObject::new));
    }

    /** The elements of a list of objects; absent is empty. */
    public List<JsonObject> objects(String key) {
        return elements(key)
                .map(element -> new JsonObject(element.getAsJsonObject()))
                .toList();
    }

    /** The elements of a list of texts; absent is empty. */
    public List<String> texts(String key) {
        return elements(key).map(JsonElement::getAsString).toList();
    }

    private Stream<JsonElement> elements(String key) {
        return member(key).stream()
                .flatMap(list -> StreamSupport.stream(list.getAsJsonArray().spliterator(), false));
    }

    private Optional<JsonElement> member(String key) {
        return Optional.ofNullable(members.get(key)).filter(member -> !member.isJsonNull());
    }

    private JsonElement required(String key) {
        return member(key).orElseThrow(() -> new AssertionError("no " + key + " in " + members));
    }
}
