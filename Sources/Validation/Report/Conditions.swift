import Foundation

/// Under what conditions a study was run: so much of the machine as bears on the time it took.
public struct Conditions: Hashable, Sendable {
    /// The command line that gives the document again.
    public let commandLine: String
    public let cores: Int
    /// The compiler's version, to the minor number.
    public let swift: String
    /// Whether the program was optimised.
    public let isOptimised: Bool
    public let seconds: Double

    /// The conditions on this machine.
    public static func here(commandLine: String, seconds: Double) -> Conditions {
        Conditions(
            commandLine: commandLine, cores: ProcessInfo.processInfo.activeProcessorCount, swift: compiler, isOptimised: isReleaseBuild, seconds: seconds)
    }

    /// Conditions with these values.
    public init(commandLine: String, cores: Int, swift: String, isOptimised: Bool, seconds: Double) {
        self.commandLine = commandLine
        self.cores = cores
        self.swift = swift
        self.isOptimised = isOptimised
        self.seconds = seconds
    }

    private static var compiler: String {
        #if compiler(>=6.4)
            "6.4 or newer"
        #elseif compiler(>=6.3)
            "6.3"
        #else
            "6.2"
        #endif
    }

    private static var isReleaseBuild: Bool {
        #if DEBUG
            false
        #else
            true
        #endif
    }
}
