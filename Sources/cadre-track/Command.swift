import ArgumentParser
import CommandLineInterface
import Nightly

@main
struct Command: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "cadre-track",
        abstract: "Track how the opinion is carried out: its targets, deadlines and duties, by unit and by person.",
        discussion: """
            The fourth stage of a night, over what cadre-flag left in the warehouse for the same day and configuration.

            Example:
              cadre-track pipelines/nightly.yaml --as-of 2025-11-03

            Exit status: 0 done; 1 done, with findings of severity error; 2 usage; 65 input refused; 66 input missing; 70 internal error; \
            73 cannot write the output; 75 another run is at work; 78 configuration wrong.
            """,
        version: softwareVersion)

    @OptionGroup var options: CommonOptions

    func execute() -> ExitStatus {
        RunCommand.run([.track], command: "cadre-track", options: options)
    }
}
