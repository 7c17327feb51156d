import Glibc

/// The system's words for an error number.
func systemMessage(_ number: Int32) -> String {
    guard let words = strerror(number) else { return "error \(number)" }
    return String(cString: words)
}

/// Repeats a system call that a signal interrupted; a negative answer is the error number, negated.
func uninterrupted(_ call: () -> Int) -> Int {
    while true {
        let answer = call()
        if answer >= 0 { return answer }
        if errno != EINTR { return -Int(errno) }
    }
}

extension TablesError {
    /// What an error number of `open` or `read` means for a path.
    static func reading(_ path: String, _ number: Int32) -> TablesError {
        switch number {
        case ENOENT, ENOTDIR: .missing(path: path)
        case EACCES, EPERM: .notPermitted(path: path)
        case EISDIR: .isDirectory(path: path)
        default: .unreadable(path: path, errno: number)
        }
    }
}
