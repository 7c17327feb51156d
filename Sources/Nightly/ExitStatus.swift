/// How an executable ends, for the shell and for cron.
public enum ExitStatus: Int32, CaseIterable, Sendable {
    /// Done.
    case done = 0
    /// Done and published, but findings of severity error were written.
    case doneWithErrors = 1
    /// The command line asks for something that does not exist.
    case usage = 2
    /// Input data refused: a contract is broken, or an earlier stage was not done for this night.
    case dataRefused = 65
    /// A required input is missing.
    case inputMissing = 66
    /// A fault of this software.
    case internalError = 70
    /// The output cannot be written.
    case cannotWrite = 73
    /// Another run holds the lock.
    case lockHeld = 75
    /// The configuration is wrong.
    case configuration = 78
}
