extension Array {
    /// Gives back what growing has reserved and nobody used: an array has room for half as many entries again as it holds, and what waits is in memory all the time.
    mutating func trim() {
        if capacity > count { self = withUnsafeBufferPointer(Array.init) }
    }
}
