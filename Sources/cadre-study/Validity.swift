import ArgumentParser
import Foundation
import Validation

/// The model on worlds with known truth.
struct Validity: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "validity",
        abstract: "Try the model on worlds with known truth: is the promised share of wrong names kept?",
        discussion: """
            Everybody in these worlds is made up; nothing is read. The same arguments give the same numbers, whatever the number of threads.

            Example (a quarter of an hour at most on two cores, as a release build):
              cadre-study validity --worlds 200 --seed 1 --out docs/validity.md

            Exit status: 0 all that is required holds; 1 it does not, the document says where; 2 usage; 73 cannot write the output.
            """)

    @Option(help: "How many worlds where the promise must hold: 2 to 100,000; a fifth of them elsewhere.") var worlds: Int = 200
    @Option(help: "Any whole number; another seed, other worlds.") var seed: UInt64
    @Option(help: "How many cadres in a world, about: 60 to 1,000,000.") var cadres: Int = 5000
    @Option(help: ArgumentHelp("File to write the document to, in place of standard output.", valueName: "file")) var out: String?
    @Option(help: "How many threads: 1 to 1024; changes the time only.") var threads: Int = 2

    func run() throws {
        let start = ContinuousClock.now
        do {
            let result = try ValidityStudy(worlds: worlds, cadres: cadres, seed: seed, threads: threads).run()
            let line = "cadre-study --worlds \(worlds) --cadres \(cadres) --seed \(seed) --threads \(threads)" + (out.map { " --out \($0)" } ?? "")
            let conditions = Conditions.here(commandLine: line, seconds: (ContinuousClock.now - start) / .seconds(1))
            let document = Data(ValidityDocument(result, conditions: conditions).text.utf8)
            if let out {
                try document.write(to: URL(fileURLWithPath: out), options: .atomic)
            } else {
                try FileHandle.standardOutput.write(contentsOf: document)
            }
            if !result.holds { throw ExitCode(1) }
        } catch let error as StudyError {
            throw ValidationError(error.description)
        } catch let error as CocoaError {
            Command.end(73, "cadre-study: cannot write \(out ?? "standard output"): \(error.localizedDescription)")
        }
    }
}
