import Foundation

extension SeededGenerator {
    /// Uniform in [0, 1), on a grid of 2⁻⁵³.
    public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

    /// Uniform among 0 ..< `bound`, without bias; 0 where `bound` is less than 2.
    public mutating func below(_ bound: Int) -> Int {
        guard bound > 1 else { return 0 }
        let range = UInt64(bound)
        // Values under 2⁶⁴ mod range would favour the small results.
        let unfair = (0 &- range) % range
        while true {
            let product = next().multipliedFullWidth(by: range)
            if product.low >= unfair { return Int(product.high) }
        }
    }

    /// Uniform among the whole numbers of a closed range.
    public mutating func integer(in range: ClosedRange<Int>) -> Int { range.lowerBound + below(range.count) }

    /// `true` with this probability; never at 0 or less, always at 1 or more.
    public mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

    /// Standard normal.
    ///
    /// - Source: Marsaglia & Bray 1964, the polar method; the second value of each pair is dropped, so that the generator stays a plain value.
    public mutating func normal() -> Double {
        while true {
            let (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
            let square = x * x + y * y
            if square > 0, square < 1 { return x * (-2 * log(square) / square).squareRoot() }
        }
    }

    /// Poisson with this mean; 0 for a mean of 0 or less.
    ///
    /// - Source: Knuth, TAOCP 2, 3.4.1, by products of uniforms; a large mean is a sum of smaller ones, so that exp(−mean) never underflows.
    public mutating func poisson(_ mean: Double) -> Int {
        var (rest, count) = (mean, 0)
        while rest > 16 {
            count += poissonByProducts(16)
            rest -= 16
        }
        return rest > 0 ? count + poissonByProducts(rest) : count
    }

    private mutating func poissonByProducts(_ mean: Double) -> Int {
        let limit = exp(-mean)
        var (product, count) = (uniform(), 0)
        while product > limit {
            product *= uniform()
            count += 1
        }
        return count
    }

    /// Geometric on 1, 2, 3, … with this mean; always 1 for a mean of 1 or less.
    public mutating func geometric(mean: Double) -> Int {
        guard mean > 1 else { return 1 }
        // 1 − U lies in (0, 1], so its logarithm is finite.
        return 1 + Int(log(1 - uniform()) / log(1 - 1 / mean))
    }

    /// One element, all equally likely; `nil` of an empty list.
    public mutating func element<Element>(of list: [Element]) -> Element? {
        list.isEmpty ? nil : list[below(list.count)]
    }

    /// One value, each as likely as its weight says; the last where rounding leaves nothing over.
    public mutating func weighted<Value>(_ first: (Value, Double), _ others: (Value, Double)...) -> Value {
        var rest = uniform() * others.reduce(first.1) { $0 + $1.1 } - first.1
        if rest < 0 { return first.0 }
        for (value, weight) in others {
            rest -= weight
            if rest < 0 { return value }
        }
        return others.last?.0 ?? first.0
    }
}
