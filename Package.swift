// swift-tools-version: 6.2
import Glibc
import PackageDescription

/// Shipped code: strict memory safety, no warning survives, the upcoming language defaults.
let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
]

/// Tests: the same language, without the `unsafe` marks (they call C on purpose).
let relaxed = Array(strict.dropFirst())

func library(
    _ name: String, _ path: String, _ dependencies: [Target.Dependency] = [],
    resources: [Resource] = []
) -> Target {
    .target(
        name: name, dependencies: dependencies, path: path, exclude: readme(in: path),
        resources: resources, swiftSettings: strict)
}

func main(_ name: String, _ path: String, _ dependencies: [Target.Dependency]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies, path: path, exclude: readme(in: path),
        swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    let path = "Tests/\(name)"
    return .testTarget(
        name: name, dependencies: dependencies, path: path, exclude: readme(in: path),
        swiftSettings: relaxed)
}

/// A module that explains itself does so in a README, which the compiler need not see.
func readme(in path: String) -> [String] {
    access("\(Context.packageDirectory)/\(path)/README.md", F_OK) == 0 ? ["README.md"] : []
}

let system: [Target] = [
    .systemLibrary(name: "CLinux", path: "Shared/System/CLinux"),
    .systemLibrary(
        name: "CSQLite", path: "Shared/System/CSQLite",
        providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
        name: "CCrypto", path: "Shared/System/CCrypto",
        providers: [.apt(["libssl-dev"])]),
    .systemLibrary(
        name: "CCurl", path: "Shared/System/CCurl",
        providers: [.apt(["libcurl4-openssl-dev"])]),
]

let values: [Target] = [
    library("Bytes", "Shared/Bytes"),
    library("JSON", "Shared/JSON", ["Bytes"]),
    library("HTTP", "Shared/HTTP", ["Bytes"]),
    library("Telemetry", "Shared/Telemetry", ["Bytes", "JSON"]),
    library("Routing", "Shared/Routing", ["Bytes", "HTTP", "JSON"]),
    library("Markdown", "Shared/Markdown", ["Bytes"]),
    library("TextDiff", "Shared/TextDiff", ["Bytes", "JSON"]),
]

/// What a client looks up at the front door, be that the gateway or the monolith.
let reference = library("Reference", "Shared/Reference", ["Bytes", "HTTP", "JSON", "Routing"])

let engines: [Target] = [
    library("Reactor", "Shared/Reactor", ["CLinux", "Bytes"]),
    library("HTTPServer", "Shared/HTTPServer", ["Bytes", "HTTP", "Reactor", "Telemetry"]),
    library("HTTPClient", "Shared/HTTPClient", ["Bytes", "HTTP", "Reactor", "Telemetry"]),
    library("SQLite", "Shared/SQLite", ["CSQLite"]),
    library("Search", "Shared/Search", ["SQLite"]),
    library("Identity", "Shared/Identity", ["CCrypto", "Bytes", "JSON"]),
    library("Curl", "Shared/Curl", ["CCurl", "Bytes", "HTTP"]),
    library("Discovery", "Shared/Discovery", ["Bytes", "JSON"]),
    library("Launch", "Shared/Launch"),
]

/// How stores agree: what one tells, and how the others follow.
let outbox = library("Outbox", "Shared/Outbox", ["Bytes", "HTTP", "JSON", "Routing", "SQLite"])

/// What the services share between their stores and their routes.
let records = library(
    "Records", "Shared/Records",
    ["Bytes", "HTTP", "JSON", "Routing", "SQLite", "Identity", "Outbox"])

let contracts: [Target] = [
    library("UsersAPI", "Services/Users/API", ["Bytes", "HTTP", "JSON", "Routing"]),
    library(
        "TopicsAPI", "Services/Topics/API", ["Bytes", "HTTP", "JSON", "Routing", "UsersAPI"]),
    library(
        "MessagesAPI", "Services/Messages/API", ["Bytes", "HTTP", "JSON", "UsersAPI", "TopicsAPI"]),
]

let serviceEngines: [Target.Dependency] = [
    "Bytes", "JSON", "HTTP", "Routing", "Records", "SQLite", "Outbox", "Identity", "Telemetry",
]

let features: [Target] = [
    library(
        "UsersService", "Services/Users/Service", ["UsersAPI"] + serviceEngines,
        resources: [.embedInCode("Schema")]),
    library(
        "TopicsService", "Services/Topics/Service",
        ["TopicsAPI", "UsersAPI", "Search"] + serviceEngines,
        resources: [.embedInCode("Schema")]),
    library(
        "MessagesService", "Services/Messages/Service",
        ["MessagesAPI", "TopicsAPI", "UsersAPI", "Markdown", "Search", "TextDiff"]
            + serviceEngines,
        resources: [.embedInCode("Schema")]),
    library(
        "Host", "Shared/Host",
        [
            "Bytes", "JSON", "HTTP", "Routing", "Telemetry", "Reactor", "HTTPServer", "HTTPClient",
            "SQLite", "Identity", "Discovery", "Launch", "Outbox",
            "Records",
        ]),
    library(
        "Gateway", "Gateway/Gateway",
        [
            "Bytes", "JSON", "HTTP", "Routing", "Telemetry", "Reactor", "HTTPServer", "HTTPClient",
            "Discovery", "Launch", "Reference",
        ]),
    library(
        "Stack", "Services/Stack/Stack",
        [
            "Bytes", "JSON", "HTTP", "Reactor", "Curl", "Identity", "Discovery", "Launch", "CLinux",
        ],
        resources: [.embedInCode("Seed")]),
    library("LoadEngine", "Tests/Load/Engine", ["Bytes", "CLinux"]),
]

let mains: [Target] = [
    main("UsersMain", "Services/Users/Main", ["Host", "UsersService"]),
    main("TopicsMain", "Services/Topics/Main", ["Host", "TopicsService", "Records"]),
    main("MessagesMain", "Services/Messages/Main", ["Host", "MessagesService", "Records"]),
    main(
        "MonolithMain", "Services/Monolith/Main",
        ["Host", "UsersService", "TopicsService", "MessagesService", "Reference"]),
    main("GatewayMain", "Gateway/Main", ["Gateway", "Launch"]),
    main("StackMain", "Services/Stack/Main", ["Stack"]),
    main("LoadMain", "Tests/Load/Main", ["LoadEngine"]),
]

/// Random numbers that a seed brings back, for the property tests of values.
let seeding: Target = .target(
    name: "Seeding", path: "Tests/Seeding", swiftSettings: relaxed)

/// What the tests of services share.
let fixture: Target = .target(
    name: "Fixture",
    dependencies: [
        "Bytes", "CSQLite", "HTTP", "Identity", "JSON", "Outbox", "Records", "Routing", "SQLite",
        "UsersService",
    ],
    path: "Tests/Fixture", swiftSettings: relaxed)

let serviceTests: [Target.Dependency] = [
    "Bytes", "HTTP", "JSON", "Routing", "SQLite", "Records", "Outbox", "Identity", "Fixture",
]

let testTargets: [Target] = [
    fixture, seeding,
    tests("BytesTests", ["Bytes", "Seeding"]),
    tests("JSONTests", ["Bytes", "JSON"]),
    tests("HTTPTests", ["Bytes", "HTTP", "Seeding"]),
    tests("TelemetryTests", ["Bytes", "JSON", "Telemetry"]),
    tests("RoutingTests", ["Bytes", "HTTP", "JSON", "Routing", "Fixture"]),
    tests("ReferenceTests", ["Bytes", "HTTP", "JSON", "Reference", "Routing"]),
    tests("RecordsTests", serviceTests),
    tests("ReactorTests", ["Bytes", "Reactor", "CLinux"]),
    tests("HTTPServerTests", ["Bytes", "HTTP", "HTTPServer", "Reactor", "Telemetry", "CLinux"]),
    tests(
        "HTTPClientTests",
        ["Bytes", "HTTP", "HTTPClient", "HTTPServer", "Reactor", "Telemetry", "CLinux"]),
    tests("MarkdownTests", ["Markdown", "Seeding"]),
    tests("TextDiffTests", ["Bytes", "JSON", "Seeding", "TextDiff"]),
    tests("SQLiteTests", ["Fixture", "SQLite"]),
    tests("SearchTests", ["Fixture", "Search", "Seeding", "SQLite"]),
    tests("IdentityTests", ["Bytes", "Fixture", "Identity", "JSON", "Seeding"]),
    tests(
        "OutboxTests",
        ["Bytes", "HTTP", "JSON", "Routing", "SQLite", "Outbox", "Fixture", "Seeding"]),
    tests("CurlTests", ["Bytes", "HTTP", "Curl", "HTTPServer", "Reactor", "Telemetry"]),
    tests("DiscoveryTests", ["Bytes", "Discovery", "Fixture", "JSON"]),
    tests("LaunchTests", ["Launch"]),
    tests(
        "UsersTests", serviceTests + ["Seeding", "UsersAPI", "UsersService"]),
    tests(
        "TopicsTests",
        serviceTests + ["TopicsAPI", "TopicsService", "MessagesService", "Search", "Seeding"]),
    tests(
        "MessagesTests",
        serviceTests + [
            "MessagesAPI", "MessagesService", "Search", "Seeding", "TopicsAPI", "UsersAPI",
        ]),
    tests(
        "HostTests",
        [
            "Bytes", "HTTP", "JSON", "Host", "Routing", "Telemetry", "Discovery", "Identity",
            "Launch", "Fixture", "Outbox", "SQLite", "HTTPServer", "Reactor",
        ]),
    tests(
        "GatewayTests",
        [
            "Bytes", "HTTP", "JSON", "Routing", "Gateway", "Discovery", "HTTPServer", "HTTPClient",
            "Reactor", "Telemetry", "Launch", "CLinux", "Reference",
        ]),
    tests(
        "StackTests",
        [
            "Bytes", "JSON", "HTTP", "HTTPServer", "Reactor", "Telemetry", "Curl", "Fixture",
            "Identity", "Discovery", "Launch", "Stack",
        ]),
    tests("LoadTests", ["Bytes", "LoadEngine"]),
    tests(
        "ContractTests",
        serviceTests + [
            "UsersService", "TopicsService", "MessagesService", "Curl", "Gateway", "HTTPServer",
            "Reactor", "Seeding", "Telemetry", "Host", "Reference",
        ]),
    tests(
        "SystemTests",
        [
            "Bytes", "Curl", "Discovery", "Fixture", "HTTP", "Identity", "JSON", "Seeding",
            "SQLite",
            "MessagesService", "TopicsService", "UsersService",
        ]),
    tests("TidyTests", []),
]

let package = Package(
    name: "forum",
    products: [
        .executable(name: "users", targets: ["UsersMain"]),
        .executable(name: "topics", targets: ["TopicsMain"]),
        .executable(name: "messages", targets: ["MessagesMain"]),
        .executable(name: "monolith", targets: ["MonolithMain"]),
        .executable(name: "gateway", targets: ["GatewayMain"]),
        .executable(name: "forum", targets: ["StackMain"]),
        .executable(name: "load", targets: ["LoadMain"]),
    ],
    targets: system + values + engines + [reference, outbox, records] + contracts + features + mains
        + testTargets,
    swiftLanguageModes: [.v6]
)
