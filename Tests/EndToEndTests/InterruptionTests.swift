import Foundation
import Testing

/// Runs that are killed, and runs that meet.
@Suite struct InterruptionTests {
    private func arguments(_ scratch: Scratch) -> [String] {
        [Place.pipeline, "--input", Place.sample, "--output", scratch.output, "--as-of", Place.sampleDate, "--quiet"]
    }

    @Test("killed at any instant, last night's output stands and the next run completes with the same bytes")
    func killed() throws {
        let scratch = try Scratch()
        let clock = ContinuousClock()
        let start = clock.now
        #expect(try run("cadre-nightly", arguments(scratch)).status == 0)
        let duration = start.duration(to: clock.now)
        let before = try contents(of: scratch.current)
        for part in [1, 3, 5, 7, 8, 9] {
            let process = try started("cadre-nightly", arguments(scratch))
            Thread.sleep(forTimeInterval: Double(duration.components.seconds) * Double(part) / 10 + 0.2)
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
            #expect(try contents(of: scratch.current) == before, "killed after \(part) tenths")
        }
        #expect(try run("cadre-nightly", arguments(scratch)).status == 0)
        #expect(try contents(of: scratch.current) == before)
        #expect(try folders(in: scratch.output + "/runs").allSatisfy { !$0.hasSuffix(".partial") })
    }

    @Test("a second run at the same time ends with 75 and leaves the first alone")
    func locked() throws {
        let scratch = try Scratch()
        let first = try started("cadre-nightly", arguments(scratch))
        while !FileManager.default.fileExists(atPath: scratch.output + "/warehouse.sqlite"), first.isRunning { Thread.sleep(forTimeInterval: 0.02) }
        let second = try run("cadre-nightly", arguments(scratch))
        first.waitUntilExit()
        #expect(second.status == 75)
        #expect(second.errors.contains("another"))
        #expect(first.terminationStatus == 0)
    }
}
