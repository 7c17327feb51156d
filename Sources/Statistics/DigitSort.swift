/// Sorts by numbers again and again in the same memory, digit by digit (radix sort): where elements come by the ten million, to compare them takes longer than
/// anything else that is done with them.
struct DigitSort<Element> {
    private static var digitBits: Int { 11 }

    private var spare: [Element] = []
    private var counts = [Int](repeating: 0, count: 1 << digitBits)

    /// Brings elements in the order of their numbers; those of one number stay in theirs.
    ///
    /// - Parameters:
    ///   - bound: What every number is below.
    ///   - number: Of an element, at least 0.
    @inline(__always)
    mutating func sort(_ elements: inout [Element], below bound: Int, by number: (Element) -> Int) {
        var shift = 0
        while max(0, bound - 1) >> shift > 0 {
            sort(&elements, shift, by: number)
            shift += DigitSort.digitBits
        }
    }

    @inline(__always)
    private mutating func sort(_ elements: inout [Element], _ shift: Int, by number: (Element) -> Int) {
        let mask = counts.count - 1
        if spare.count < elements.count { spare = elements }
        spare.removeLast(spare.count - elements.count)
        counts.withUnsafeMutableBufferPointer { counts in
            spare.withUnsafeMutableBufferPointer { spare in
                for digit in counts.indices { counts[digit] = 0 }
                for element in elements { counts[number(element) >> shift & mask] += 1 }
                var start = 0
                for digit in counts.indices { (counts[digit], start) = (start, start + counts[digit]) }
                for element in elements {
                    let digit = number(element) >> shift & mask
                    spare[counts[digit]] = element
                    counts[digit] += 1
                }
            }
        }
        swap(&elements, &spare)
    }
}
