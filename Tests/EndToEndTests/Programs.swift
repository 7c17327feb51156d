import Foundation
import Testing

/// The checkout, and what lies beside it.
enum Place {
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().path
    static let sample = root + "/sample-data"
    static let pipeline = root + "/pipelines/nightly.yaml"
    static let real = root + "/../shared/real"
    static let hasRealExports = FileManager.default.fileExists(atPath: real + "/police-nightly")
    /// The as-of date that the sample was made for.
    static let sampleDate =
        (try? String(contentsOfFile: sample + "/as-of", encoding: .utf8))?.trimmingCharacters(in: .whitespacesAndNewlines) ?? ""
}

/// How a program ended and what it said.
struct Outcome: Sendable {
    let status: Int32
    let output: String
    let errors: String
}

/// A run of one of the executables that were built beside this test.
///
/// - Parameter asNobody: As an account that is not root; only root can ask for it.
func run(_ program: String, _ arguments: [String], in folder: String = Place.root, asNobody: Bool = false) throws -> Outcome {
    let process = try started(program, arguments, in: folder, asNobody: asNobody)
    let output = try #require(process.standardOutput as? Pipe).fileHandleForReading
    let errors = try #require(process.standardError as? Pipe).fileHandleForReading
    // Both pipes are drained at once, so that neither fills up and stops the program.
    let errorText = Mutable<Data>(Data())
    let group = DispatchGroup()
    DispatchQueue.global().async(group: group) { errorText.value = errors.readDataToEndOfFile() }
    let outputData = output.readDataToEndOfFile()
    group.wait()
    process.waitUntilExit()
    return Outcome(
        status: process.terminationStatus, output: String(decoding: outputData, as: UTF8.self), errors: String(decoding: errorText.value, as: UTF8.self))
}

/// Starts an executable without waiting for it.
func started(_ program: String, _ arguments: [String], in folder: String = Place.root, asNobody: Bool = false) throws -> Process {
    let process = Process()
    let executable = try #require(Programs.folder).appendingPathComponent(program)
    process.executableURL = asNobody ? URL(fileURLWithPath: "/usr/bin/setpriv") : executable
    process.arguments = asNobody ? ["--reuid=65534", "--regid=65534", "--clear-groups", executable.path] + arguments : arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = Pipe()
    process.standardError = Pipe()
    process.standardInput = FileHandle.nullDevice
    try process.run()
    return process
}

private enum Programs {
    /// Where the build put the executables: beside the test bundle.
    static let folder: URL? = {
        let candidates = [CommandLine.arguments.first, Bundle.main.executablePath, Bundle.main.bundlePath].compactMap { $0 }
        for candidate in candidates {
            var url = URL(fileURLWithPath: candidate)
            while url.path.count > 1 {
                if FileManager.default.isExecutableFile(atPath: url.appendingPathComponent("cadre-nightly").path) { return url }
                url.deleteLastPathComponent()
            }
        }
        for configuration in ["debug", "release"] {
            let url = URL(fileURLWithPath: Place.root + "/.build/\(configuration)")
            if FileManager.default.isExecutableFile(atPath: url.appendingPathComponent("cadre-nightly").path) { return url }
        }
        return nil
    }()
}

/// A value that one closure sets and another reads after it has ended.
private final class Mutable<Value>: @unchecked Sendable {
    var value: Value
    init(_ value: Value) { self.value = value }
}

/// A folder for one test, removed when the test ends.
final class Scratch: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "cadre-e2e-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// A copy of the sample's exports that a test may spoil.
    func copyOfSample() throws -> String {
        let copy = path + "/input"
        try FileManager.default.copyItem(atPath: Place.sample, toPath: copy)
        return copy
    }

    /// A copy of the configuration that a test may spoil.
    func copyOfPipelines() throws -> String {
        let copy = path + "/pipelines"
        try FileManager.default.copyItem(atPath: Place.root + "/pipelines", toPath: copy)
        return copy
    }

    var output: String { path + "/output" }
    var current: String { output + "/current" }
}
