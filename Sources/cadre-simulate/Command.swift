import ArgumentParser
import Foundation
import PipelineModel
import Simulation

@main
struct Command: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cadre-simulate",
        abstract: "Make a world with known truth: exports as real systems write them, and what is true about them.",
        discussion: """
            Everybody in it is made up. The same arguments give the same bytes.

            Example:
              cadre-simulate --cadres 600 --months 24 --seed 20180918 --out sample-data

            Exit status: 0 done; 2 usage; 73 cannot write the output.
            """)

    @Option(help: "How many cadres: 1 to 5,000,000.") var cadres: Int
    @Option(help: "How many months of events: 1 to 240.") var months: Int = 24
    @Option(help: "Any whole number; another seed is another world.") var seed: UInt64
    @Option(help: "Mean number of tasks of a cadre in a month, where not the standard 3.8.") var tasks: Double?
    @Option(help: "Mean number of ballots on a cadre in a month, where not the standard 2.") var ballots: Double?
    @Option(help: "Mean number of petitions on a cadre in a month that never count, where not the standard 0.025.") var petitions: Double?
    @OptionGroup var exports: ExportOptions
    @Option(help: ArgumentHelp("Folder to write to; made if missing.", valueName: "dir")) var out: String
    @Option(help: ArgumentHelp("Last day of the last month: the as-of date that the exports are for.", valueName: "date")) var end: String = "2026-10-31"

    func run() throws {
        guard let last = CalendarDate(iso: end) else { throw ValidationError("--end \(end) is not a day such as 2026-10-31") }
        var world = WorldParameters(cadres: cadres, months: months, seed: seed, end: last)
        world.volumes.tasks = tasks ?? world.volumes.tasks
        world.volumes.ballots = ballots ?? world.volumes.ballots
        world.volumes.otherPetitions = petitions ?? world.volumes.otherPetitions
        exports.apply(to: &world)
        do {
            try WorldWriter(world).write(to: out)
        } catch {
            if case .invalidParameter(let reason) = error { throw ValidationError(reason) }
            Command.end(73, "cadre-simulate: \(error)")
        }
    }

    /// Parses the command line and runs; a wrong command line ends with status 2, where the parser alone would say 64.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            end(2, fullMessage(for: error))
        }
    }

    private static func end(_ status: Int32, _ message: String) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        Foundation.exit(status)
    }
}
