public import ArgumentParser
import Glibc
public import Nightly

/// A command that exits with the statuses of the design.
public protocol PipelineCommand: ParsableCommand {
    /// Does the work and says how it ended; everything that can be said has been said by then.
    func execute() -> ExitStatus
}

extension PipelineCommand {
    public func run() throws { throw ExitCode(execute().rawValue) }

    /// Parses the command line and runs; a wrong command line ends with status 2, where the parser alone would say 64.
    public static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
            Glibc.exit(ExitStatus.done.rawValue)
        } catch {
            guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
            StandardError.write(fullMessage(for: error) + "\n")
            Glibc.exit(ExitStatus.usage.rawValue)
        }
    }
}

/// What goes to people, beside the lists.
enum StandardError {
    /// Whether somebody is watching.
    static var isTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    static func write(_ text: String) { put(text, to: STDERR_FILENO) }

    static func put(_ text: String, to descriptor: Int32) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            // Nobody is reading any more; the work goes on.
            guard count > 0 else { return }
            rest = rest.dropFirst(count)
        }
    }
}

/// What goes to whoever called: where the lists are.
enum StandardOutput {
    static func write(_ text: String) { StandardError.put(text, to: STDOUT_FILENO) }
}
