extension RatingTable {
    /// The cells of one target, by rater; valid for the call that they are passed to.
    struct Cells: Sequence, IteratorProtocol {
        fileprivate let raters: UnsafeBufferPointer<Int32>
        fileprivate let counts: UnsafeBufferPointer<Double>
        fileprivate let sums: UnsafeBufferPointer<Double>
        fileprivate var place: Int
        fileprivate let end: Int

        @inline(__always)
        mutating func next() -> (rater: Int, count: Double, sum: Double)? {
            guard place < end else { return nil }
            defer { place += 1 }
            return (Int(raters[place]), counts.isEmpty ? 1 : counts[place], sums[place])
        }
    }

    /// Passes the cells of each target.
    @inline(__always)
    func forEachTarget(_ body: (_ target: Int, Cells) -> Void) {
        raters.withUnsafeBufferPointer { raters in
            counts.withUnsafeBufferPointer { counts in
                sums.withUnsafeBufferPointer { sums in
                    var start = 0
                    for (target, end) in ends.enumerated() {
                        body(target, Cells(raters: raters, counts: counts, sums: sums, place: start, end: end))
                        start = end
                    }
                }
            }
        }
    }

    /// Passes each cell, by target and rater.
    @inline(__always)
    public func forEachCell(_ body: (_ target: Int, _ rater: Int, _ count: Double, _ sum: Double) -> Void) {
        forEachTarget { target, cells in
            for cell in cells { body(target, cell.rater, cell.count, cell.sum) }
        }
    }

    /// image −= N T⁻¹ Nᵀ direction, of the incidence N of raters and targets: of each target the mean of its raters' values, taken from each of them as often as it
    /// gave one.
    func subtractTargetMeans(of direction: [Double], from image: inout [Double]) {
        raters.withUnsafeBufferPointer { raters in
            counts.withUnsafeBufferPointer { counts in
                image.withUnsafeMutableBufferPointer { image in
                    direction.withUnsafeBufferPointer { direction in
                        var start = 0
                        for end in ends {
                            let cells = start..<end
                            start = end
                            // The same numbers as with counts of one, without reading them.
                            if counts.isEmpty {
                                var sum = 0.0
                                for place in cells { sum += direction[Int(raters[place])] }
                                let mean = sum / Double(cells.count)
                                for place in cells { image[Int(raters[place])] -= mean }
                            } else {
                                var (sum, count) = (0.0, 0.0)
                                for place in cells {
                                    sum += counts[place] * direction[Int(raters[place])]
                                    count += counts[place]
                                }
                                for place in cells { image[Int(raters[place])] -= counts[place] * (sum / count) }
                            }
                        }
                    }
                }
            }
        }
    }
}
