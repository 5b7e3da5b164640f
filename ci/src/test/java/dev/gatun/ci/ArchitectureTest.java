package dev.gatun.ci;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.lang.foreign.Linker;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What may import what, over the compiled classes of every module.
class ArchitectureTest {
  private static final List<String> RUNTIME_PACKAGES =
      List.of("io", "tensor", "kernel", "backend", "memory");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.gatun");

  @Test
  void modulesImportOnlyThoseBeforeThem() {
    check(
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("natives")
            .definedBy("dev.gatun.natives..")
            .layer("bindings")
            .definedBy("dev.gatun.bindings..")
            .layer("runtime")
            .definedBy(runtime())
            .layer("nn")
            .definedBy("dev.gatun.nn..")
            .layer("bench")
            .definedBy("dev.gatun.bench..")
            .layer("demo")
            .definedBy("dev.gatun.demo..")
            .whereLayer("bench")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("demo")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("nn")
            .mayOnlyBeAccessedByLayers("bench", "demo")
            .whereLayer("runtime")
            .mayOnlyBeAccessedByLayers("nn", "bench", "demo")
            .whereLayer("bindings")
            .mayOnlyBeAccessedByLayers("runtime", "nn", "bench", "demo"));
  }

  @Test
  void packagesOfTheRuntimeImportDownwards() {
    check(
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .withOptionalLayers(true)
            .layer("facade")
            .definedBy("dev.gatun")
            .layer("io")
            .definedBy("dev.gatun.io..")
            .layer("tensor")
            .definedBy("dev.gatun.tensor..")
            .layer("kernel")
            .definedBy("dev.gatun.kernel..")
            .layer("backend")
            .definedBy("dev.gatun.backend..")
            .layer("memory")
            .definedBy("dev.gatun.memory..")
            .whereLayer("facade")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("io")
            .mayOnlyBeAccessedByLayers("facade")
            .whereLayer("tensor")
            .mayOnlyBeAccessedByLayers("facade", "io")
            .whereLayer("kernel")
            .mayOnlyBeAccessedByLayers("facade", "io", "tensor")
            .whereLayer("backend")
            .mayOnlyBeAccessedByLayers("facade", "io", "tensor", "kernel")
            .whereLayer("memory")
            .mayOnlyBeAccessedByLayers("facade", "io", "tensor", "kernel"));
  }

  @Test
  void everyPackageOfTheRuntimeHasALayer() {
    check(
        classes()
            .that(runtime())
            .should()
            .resideInAnyPackage(
                RUNTIME_PACKAGES.stream()
                    .map(name -> "dev.gatun." + name + "..")
                    .toArray(String[]::new))
            .orShould()
            .resideInAPackage("dev.gatun"));
  }

  @Test
  void packagesHaveNoCycles() {
    check(slices().matching("dev.gatun.(*)..").should().beFreeOfCycles());
    check(slices().matching("dev.gatun.nn.(*)..").should().beFreeOfCycles());
  }

  @Test
  void onlyKernelsAndTheirDetectionImportTheVectorApi() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.gatun.kernel..", "dev.gatun.backend..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("jdk.incubator.vector.."));
  }

  /// And the loops in C that benchmarks are measured against: nothing of Gatun calls them.
  @Test
  void onlyTheNativeModulesLink() {
    check(
        noClasses()
            .that()
            .resideOutsideOfPackages("dev.gatun.natives..", "dev.gatun.bindings..")
            .and()
            .doNotHaveFullyQualifiedName("dev.gatun.bench.CLoops")
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(Linker.class));
  }

  @Test
  void operationsAreRecords() {
    check(
        classes()
            .that(describe("are operations", type -> !type.isInterface() && implementsOp(type)))
            .should()
            .beRecords());
  }

  private static boolean implementsOp(JavaClass type) {
    return type.getAllRawInterfaces().stream()
        .anyMatch(parent ->
            parent.getSimpleName().equals("Op")
                && parent.getPackageName().startsWith("dev.gatun.tensor"));
  }

  /// The runtime's packages are those of `dev.gatun` that no other module has.
  private static DescribedPredicate<JavaClass> runtime() {
    return describe(
        "are in the runtime",
        type ->
            type.getPackageName().startsWith("dev.gatun")
                && !type.getPackageName()
                    .matches("dev\\.gatun\\.(natives|bindings|nn|bench|demo|ci|testing)(\\..*)?"));
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(true).check(CLASSES);
  }
}
