import ArgumentParser
import Foundation

@main
struct Command: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "cadre-study",
        abstract: "Try the pipeline on made-up worlds with known truth.",
        discussion: """
            Without a word it tries the model: `validity`.

            Example:
              cadre-study --worlds 200 --seed 1 --out docs/validity.md
              cadre-study linkage --worlds 3 --cadres 600 --months 24 --seed 20180918

            Exit status: 0 all that is required holds; 1 it does not; 2 usage; 73 cannot write the output.
            """, subcommands: [Validity.self, Linkage.self], defaultSubcommand: Validity.self)

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

    static func end(_ status: Int32, _ message: String) -> Never {
        FileHandle.standardError.write(Data((message + "\n").utf8))
        Foundation.exit(status)
    }
}
