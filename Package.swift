// swift-tools-version: 6.2
import PackageDescription

/// Our targets hold themselves to more than the language mode asks: a warning is an error, and what a file imports is what it says.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// One library of the house: its name and what it may import (the floors of docs/architecture.md; a test holds them).
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
/// SQLite as GRDB links it, for the rows that pass by the million.
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")

func executable(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(name: name, dependencies: dependencies + ["CommandLineInterface", arguments], swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
    .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict)
}

let package = Package(
    name: "cadre-pipeline",
    products: [
        .executable(name: "cadre-ingest", targets: ["cadre-ingest"]),
        .executable(name: "cadre-analyze", targets: ["cadre-analyze"]),
        .executable(name: "cadre-flag", targets: ["cadre-flag"]),
        .executable(name: "cadre-track", targets: ["cadre-track"]),
        .executable(name: "cadre-export", targets: ["cadre-export"]),
        .executable(name: "cadre-nightly", targets: ["cadre-nightly"]),
        .executable(name: "cadre-simulate", targets: ["cadre-simulate"]),
        .executable(name: "cadre-study", targets: ["cadre-study"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
    ],
    targets: [
        // The ground floor imports none of ours.
        .systemLibrary(name: "CLibCSV", providers: [.apt(["libcsv-dev"])]),
        .systemLibrary(name: "CByteMasks"),
        .systemLibrary(name: "CPrefetch"),
        library("Tables", ["CLibCSV", "CByteMasks"]),
        library("PipelineModel", [yams, crypto]),
        .target(
            name: "CSpecialFunctions",
            linkerSettings: [.linkedLibrary("stdc++", .when(platforms: [.linux])), .linkedLibrary("m", .when(platforms: [.linux]))]),
        library("Statistics", ["CSpecialFunctions"]),
        // The store.
        library("Warehouse", ["PipelineModel", grdb, sqlite]),
        // The stages never import one another.
        library("Ingestion", ["CPrefetch", "Tables", "PipelineModel", "Warehouse", "Statistics", crypto]),
        library("Appraisal", ["PipelineModel", "Warehouse", "Statistics"]),
        library("Flagging", ["PipelineModel", "Warehouse", "Statistics", crypto]),
        library("Mechanisms", ["PipelineModel", "Warehouse", "Statistics"]),
        library("Reporting", ["Tables", "PipelineModel", "Warehouse", "Statistics", crypto]),
        library("Nightly", ["PipelineModel", "Warehouse", "Ingestion", "Appraisal", "Flagging", "Mechanisms", "Reporting"]),
        library("Simulation", ["Tables", "PipelineModel"]),
        // Worlds with known truth, in memory, that hold the model to what it promises.
        library("Validation", ["Tables", "PipelineModel", "Warehouse", "Ingestion", "Appraisal", "Simulation", "Statistics"]),
        // What the executables share: options, exit statuses, log and progress on the terminal.
        .systemLibrary(name: "CMalloc"),
        library("CommandLineInterface", ["Nightly", "PipelineModel", "CMalloc", arguments, logging]),
        executable("cadre-ingest", ["Nightly"]),
        executable("cadre-analyze", ["Nightly"]),
        executable("cadre-flag", ["Nightly"]),
        executable("cadre-track", ["Nightly"]),
        executable("cadre-export", ["Nightly"]),
        executable("cadre-nightly", ["Nightly"]),
        executable("cadre-simulate", ["Simulation"]),
        executable("cadre-study", ["PipelineModel", "Validation"]),
        // The facts of a warehouse as lines, for the benchmarks: all engines must agree on them.
        .executableTarget(name: "benchmark-facts", dependencies: ["Warehouse", "PipelineModel"], path: "Benchmarks/Facts", swiftSettings: strict),
        tests("TablesTests", ["Tables"]),
        tests("PipelineModelTests", ["PipelineModel"]),
        tests("StatisticsTests", ["Statistics"]),
        tests("WarehouseTests", ["Warehouse", "PipelineModel", grdb]),
        tests("IngestionTests", ["Ingestion", "PipelineModel", "Warehouse", "Tables"]),
        tests("AppraisalTests", ["Appraisal", "PipelineModel", "Warehouse", "Statistics"]),
        tests("FlaggingTests", ["Flagging", "PipelineModel", "Warehouse"]),
        tests("MechanismsTests", ["Mechanisms", "PipelineModel", "Warehouse", "Statistics"]),
        tests("ReportingTests", ["Reporting", "PipelineModel", "Warehouse", "Tables"]),
        tests("NightlyTests", ["Nightly", "PipelineModel", "Warehouse", "Ingestion", "Reporting"]),
        tests("CommandLineInterfaceTests", ["CommandLineInterface", "Nightly", "PipelineModel", logging]),
        tests("SimulationTests", ["Simulation", "Tables", "PipelineModel"]),
        tests("ValidationTests", ["Validation", "PipelineModel", "Appraisal", "Statistics"]),
        tests(
            "EndToEndTests",
            [
                "Tables", "PipelineModel", "cadre-ingest", "cadre-analyze", "cadre-flag", "cadre-track", "cadre-export", "cadre-nightly",
                "cadre-simulate",
                "cadre-study",
            ], exclude: ["Golden"]),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
