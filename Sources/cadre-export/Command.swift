import ArgumentParser
import CommandLineInterface
import Nightly

@main
struct Command: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "cadre-export",
        abstract: "Publish the lists of a night from the warehouse.",
        discussion: """
            The last stage of a night, over what cadre-track left in the warehouse for the same day and configuration.
            Prints where the lists are.

            Example:
              cadre-export pipelines/nightly.yaml --as-of 2025-11-03

            Exit status: 0 done; 1 done, with findings of severity error; 2 usage; 65 input refused; 66 input missing; 70 internal error; \
            73 cannot write the output; 75 another run is at work; 78 configuration wrong.
            """,
        version: softwareVersion)

    @OptionGroup var options: CommonOptions

    func execute() -> ExitStatus {
        RunCommand.run([.export], command: "cadre-export", options: options)
    }
}
