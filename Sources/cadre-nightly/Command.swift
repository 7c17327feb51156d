import ArgumentParser
import CommandLineInterface
import Nightly

@main
struct Command: PipelineCommand {
    static let configuration = CommandConfiguration(
        commandName: "cadre-nightly",
        abstract: "Run a whole night: read the exports, appraise, flag, and publish the lists.",
        discussion: """
            Last night's lists stand until the new ones are whole. The lists propose; people decide.

            Example:
              cadre-nightly pipelines/nightly.yaml --as-of 2025-11-03 --input exports

            Exit status: 0 done; 1 done, with findings of severity error; 2 usage; 65 input refused; 66 input missing; 70 internal error; \
            73 cannot write the output; 75 another run is at work; 78 configuration wrong.
            """,
        version: softwareVersion)

    @OptionGroup var options: CommonOptions
    @OptionGroup var source: InputOption

    func execute() -> ExitStatus {
        RunCommand.run(Stage.allCases, command: "cadre-nightly", options: options, input: source.input)
    }
}
