package com.nexasystems.billing.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The rules of the core, for the packages below a root. {@link #FLOORS} is the one place where the order is written. */
final class Architecture {

    /** Lowest first. A package uses floors below its own and nothing else. */
    static final List<Set<String>> FLOORS = List.of(
            Set.of("money", "quantity", "period", "boundary"),
            Set.of("metric", "charge", "quota", "gate", "identity"),
            Set.of("catalog", "tax", "event", "directory", "production", "approval"),
            Set.of("subscription", "coupon", "wallet", "webhook"),
            Set.of("usage"),
            Set.of("rating", "shadow"),
            Set.of("invoicing", "reconciliation"),
            Set.of("payment"),
            Set.of("cutover", "ledger"),
            Set.of("memory"));

    private static final Set<Class<?>> INEXACT = Set.of(double.class, float.class, Double.class, Float.class);
    private static final String MEMORY = "memory";
    private static final String CHECK = "gate.Check";

    private final String root;
    private final JavaClasses classes;

    Architecture(String root, JavaClasses classes) {
        this.root = root;
        this.classes = classes;
    }

    /** Uses that do not go down. The root builder stands above all floors. */
    List<String> upwardUses(List<Set<String>> floors) {
        return uses().entrySet().stream().flatMap(entry -> entry.getValue().stream()
                .filter(used -> floor(floors, used) >= floor(floors, entry.getKey()))
                .map(used -> entry.getKey() + " -> " + used)).toList();
    }

    List<String> packagesOnNoFloor(List<Set<String>> floors) {
        return packages().stream().filter(name -> floors.stream().noneMatch(floor -> floor.contains(name))).toList();
    }

    List<String> namesOfNothing(List<Set<String>> floors) {
        SortedSet<String> packages = packages();
        return floors.stream().flatMap(Set::stream).filter(name -> !packages.contains(name)).sorted().toList();
    }

    List<String> nestedPackages() {
        return packages().stream().filter(name -> name.contains(".")).toList();
    }

    /** Which package uses which, by name. */
    SortedMap<String, SortedSet<String>> uses() {
        var uses = new TreeMap<String, SortedSet<String>>();
        packages().forEach(name -> uses.put(name, new TreeSet<>()));
        for (JavaClass user : classes) {
            user.getDirectDependenciesFromSelf().stream().map(use -> use.getTargetClass().getBaseComponentType())
                    .filter(this::isInAFeature).map(this::feature)
                    .filter(used -> isInAFeature(user) && !used.equals(feature(user)))
                    .forEach(used -> uses.get(feature(user)).add(used));
        }
        return uses;
    }

    private SortedSet<String> packages() {
        return classes.stream().filter(this::isInAFeature).map(this::feature).collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean isInAFeature(JavaClass type) {
        return type.getPackageName().startsWith(root + ".");
    }

    private String feature(JavaClass type) {
        return type.getPackageName().substring(root.length() + 1);
    }

    private static int floor(List<Set<String>> floors, String name) {
        return IntStream.range(0, floors.size()).filter(i -> floors.get(i).contains(name)).findFirst().orElse(floors.size());
    }

    /** Interfaces that are neither closed nor kept in memory, other than the one that teams write themselves. */
    List<String> portsWithoutMemory() {
        return ports().filter(port -> port.getAllSubclasses().stream()
                        .noneMatch(type -> !type.isInterface() && feature(type).equals(MEMORY)))
                .map(JavaClass::getName).filter(name -> !name.equals(root + "." + CHECK)).sorted().toList();
    }

    /** Interfaces that are open and ask for nothing: neither closed by us nor yours to implement. */
    List<String> interfacesOfNoKind() {
        return ports().filter(port -> port.getMethods().stream()
                        .noneMatch(method -> method.getModifiers().contains(JavaModifier.ABSTRACT)))
                .map(JavaClass::getName).sorted().toList();
    }

    private Stream<JavaClass> ports() {
        return classes.stream().filter(type -> type.isInterface() && !type.isAnnotation()
                && !type.getSimpleName().equals("package-info") && !type.reflect().isSealed());
    }

    List<String> violations(ArchRule rule) {
        return rule.allowEmptyShould(false).evaluate(classes).getFailureReport().getDetails();
    }

    ArchRule featuresFormNoCycle() {
        return slices().matching(root + ".(*)..").should().beFreeOfCycles().because("usage flows one way");
    }

    /** What signs is a part of the JDK's first module, in spite of its name. */
    ArchRule knowsNoFramework() {
        return classes().should().onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax.crypto..", "jakarta.inject", root + "..")
                .because("whoever embeds the core inherits its needs");
    }

    ArchRule asksThePorts() {
        return noClasses().should().callMethodWhere(now())
                .orShould().callMethod(System.class, "currentTimeMillis").orShould().callMethod(System.class, "nanoTime")
                .orShould().callMethod(UUID.class, "randomUUID").orShould().callMethod(Math.class, "random")
                .because("time and ids come through Clock and Ids, so that a replay gives the same");
    }

    /** SecureRandom is a Random to the type system: the memory adapter of Entropy may use it, nobody a plain one. */
    ArchRule leavesNothingToChance() {
        return noClasses().should().dependOnClassesThat(new DescribedPredicate<JavaClass>("make random numbers") {
            @Override
            public boolean test(JavaClass type) {
                return (type.isAssignableTo(Random.class) || type.isAssignableTo(RandomGenerator.class))
                        && !type.isEquivalentTo(SecureRandom.class);
            }
        }).because("randomness comes through Entropy");
    }

    ArchRule onlyMemoryIsRandom() {
        return noClasses().that().resideOutsideOfPackage(root + "." + MEMORY)
                .should().dependOnClassesThat().areAssignableTo(SecureRandom.class)
                .because("randomness comes through Entropy");
    }

    ArchRule countsExactly() {
        return classes().should(new ArchCondition<>("have no double or float in fields, parameters or results") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                inexact(type).forEach(where -> events.add(SimpleConditionEvent.violated(type, where + " is inexact")));
            }
        }).because("money and quantities are exact decimals");
    }

    private static List<String> inexact(JavaClass type) {
        var found = new ArrayList<String>();
        type.getFields().stream().filter(field -> isInexact(field.getRawType()))
                .forEach(field -> found.add(field.getFullName()));
        type.getCodeUnits().stream().filter(unit -> isInexact(unit.getRawReturnType())
                        || unit.getRawParameterTypes().stream().anyMatch(Architecture::isInexact))
                .forEach(unit -> found.add(unit.getFullName()));
        return found;
    }

    private static boolean isInexact(JavaClass type) {
        return INEXACT.stream().anyMatch(type.getBaseComponentType()::isEquivalentTo);
    }

    private static DescribedPredicate<JavaMethodCall> now() {
        return DescribedPredicate.describe("read the clock of the machine", call -> call.getTarget().getName().equals("now")
                && call.getTarget().getOwner().getPackageName().startsWith("java."));
    }
}
