import ArgumentParser
import Foundation
import PipelineModel
import Validation

/// Whom petitions in words mean, on worlds with known truth.
struct Linkage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "linkage",
        abstract: "Measure how many targets in words are linked to the right cadre, and how many to a wrong one.",
        discussion: """
            Makes worlds in a temporary folder, ingests them, and compares with the truth. Prints the tables of docs/linkage.md.

            Example:
              cadre-study linkage --worlds 3 --cadres 600 --months 24 --seed 20180918

            Exit status: 0 precision is at least 0.995 and recall at least 0.90; 1 they are not; 2 usage; 70 a world could not be made or read.
            """)

    @Option(help: "How many worlds, each of another seed: 1 to 1000.") var worlds: Int = 1
    @Option(help: "How many cadres in a world: 60 to 1,000,000.") var cadres: Int = 600
    @Option(help: "How many months of events: 1 to 240.") var months: Int = 24
    @Option(help: "Any whole number: the seed of the first world.") var seed: UInt64
    @Option(help: ArgumentHelp("The pipeline whose contracts and rules are used.", valueName: "file")) var pipeline: String = "pipelines/nightly.yaml"

    func run() throws {
        do {
            let rules = try Pipeline.load(path: pipeline).pipeline
            let result = try LinkageStudy(worlds: worlds, cadres: cadres, months: months, seed: seed, pipeline: rules).run()
            try FileHandle.standardOutput.write(contentsOf: Data(LinkageReport(result).text.utf8))
            if !result.holds { throw ExitCode(1) }
        } catch let error as StudyError {
            throw ValidationError(error.description)
        } catch let error as ConfigurationError {
            throw ValidationError(error.findings.map(\.description).joined(separator: "\n"))
        } catch let error where !(error is ExitCode) {
            Command.end(70, "cadre-study linkage: \(error)")
        }
    }
}
