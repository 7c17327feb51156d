import ArgumentParser
import CommandLineInterface
import Nightly

@main
struct Command: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "cadre-ingest",
        abstract: "Read tonight's exports, under their contracts, into the warehouse.",
        discussion: """
            The first stage of a night. Refuses what breaks a contract, and then leaves the warehouse as it was.

            Example:
              cadre-ingest pipelines/nightly.yaml --as-of 2025-11-03 --input exports

            Exit status: 0 done; 1 done, with findings of severity error; 2 usage; 65 input refused; 66 input missing; 70 internal error; \
            73 cannot write the output; 75 another run is at work; 78 configuration wrong.
            """,
        version: softwareVersion)

    @OptionGroup var options: CommonOptions
    @OptionGroup var source: InputOption

    func execute() -> ExitStatus {
        RunCommand.run([.ingest], command: "cadre-ingest", options: options, input: source.input)
    }
}
