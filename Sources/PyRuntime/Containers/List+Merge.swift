// Merging two sorted runs of `list.sort`: item by item until one side wins often, then by galloping. Which comparisons are
// made, and in which order, a program can see (`__lt__` may count, print or raise), so they are CPython's.
// CPython: Objects/listsort.txt. The rest of the sort: List+Sort.swift.

/// A side of a merge that wins this often in a row is galloped through.
private var gallopMinimum: Int { 7 }

extension Sorter {
    /// Where `key` belongs in the sorted `count` items at `base`, found from `hint` outwards by 1, 3, 7, ... steps and then by
    /// halving. In front of the items equal to it with `leftmost`, else behind them.
    private func gallop(_ key: Value, _ base: UnsafeMutablePointer<Value>, _ count: Int, hint: Int, leftmost: Bool) throws(Raised) -> Int {
        /// Whether item `i` stands before the place.
        func isBefore(_ i: Int) throws(Raised) -> Bool {
            if leftmost { return try less(base[i], key) }
            return try !less(key, base[i])
        }
        let goesRight = try isBefore(hint)
        let most = goesRight ? count - hint : hint + 1
        var last = 0, reach = 1
        while reach < most {
            if try isBefore(goesRight ? hint + reach : hint - reach) != goesRight { break }
            last = reach
            reach = reach << 1 + 1
        }
        reach = min(reach, most)
        // The place is in (low, high].
        var (low, high) = goesRight ? (hint + last, hint + reach) : (hint - reach, hint - last)
        low += 1
        while low < high {
            let middle = low + (high - low) >> 1
            if try isBefore(middle) { low = middle + 1 } else { high = middle }
        }
        return high
    }

    /// Merges the adjacent runs [start, middle) and [middle, end). On an error every item is still there, in some order.
    func merge(_ start: Int, _ middle: Int, _ end: Int, _ winsNeeded: inout Int) throws(Raised) {
        // What is in place already: the head of the left run, the tail of the right.
        let first = start + (try gallop(keys[middle], keys + start, middle - start, hint: 0, leftmost: false))
        if first == middle { return }
        let count = try gallop(keys[middle - 1], keys + middle, end - middle, hint: end - middle - 1, leftmost: true)
        if count == 0 { return }
        if middle - first <= count {
            try mergeUpwards(first, middle, middle + count, &winsNeeded)
        } else {
            try mergeDownwards(first, middle, middle + count, &winsNeeded)
        }
    }

    private func copyToTemporary(_ start: Int, _ count: Int) {
        tempKeys.update(from: keys + start, count: count)
        if let values, let tempValues { tempValues.update(from: values + start, count: count) }
    }

    private func fromTemporary(_ from: Int, _ to: Int, _ count: Int) {
        (keys + to).update(from: tempKeys + from, count: count)
        if let values, let tempValues { (values + to).update(from: tempValues + from, count: count) }
    }

    private func move(_ from: Int, _ to: Int, _ count: Int) {
        (keys + to).update(from: keys + from, count: count)
        if let values { (values + to).update(from: values + from, count: count) }
    }

    /// The left run is the shorter one: it is set aside, and the result grows from the left.
    ///
    ///     keys:       done | gap | what is left of the right run
    ///     temporary:  ... | what is left of the left run
    private func mergeUpwards(_ start: Int, _ middle: Int, _ end: Int, _ winsNeeded: inout Int) throws(Raised) {
        let leftCount = middle - start
        copyToTemporary(start, leftCount)
        var left = 0, right = middle, out = start
        // What is left of the left run fills the gap; if it is one item, it is the greatest of all.
        defer {
            if left == leftCount - 1 && right < end {
                move(right, out, end - right)
                fromTemporary(left, out + end - right, 1)
            } else {
                fromTemporary(left, out, leftCount - left)
            }
        }
        func takeRight(_ count: Int) -> Bool {
            move(right, out, count)
            right += count
            out += count
            return right < end
        }
        func takeLeft(_ count: Int) -> Bool {
            fromTemporary(left, out, count)
            left += count
            out += count
            return left < leftCount - 1
        }
        var isUnfinished = takeRight(1) && leftCount > 1
        if !isUnfinished { return }
        do throws(Raised) {
            while true {
                var leftWins = 0, rightWins = 0
                while leftWins < winsNeeded && rightWins < winsNeeded {
                    if try less(keys[right], tempKeys[left]) {
                        rightWins += 1
                        leftWins = 0
                        isUnfinished = takeRight(1)
                    } else {
                        leftWins += 1
                        rightWins = 0
                        isUnfinished = takeLeft(1)
                    }
                    if !isUnfinished { return }
                }
                winsNeeded += 1
                repeat {
                    winsNeeded -= winsNeeded > 1 ? 1 : 0
                    leftWins = try gallop(keys[right], tempKeys + left, leftCount - left, hint: 0, leftmost: false)
                    if leftWins > 0 && !takeLeft(leftWins) { return }
                    if !takeRight(1) { return }
                    rightWins = try gallop(tempKeys[left], keys + right, end - right, hint: 0, leftmost: true)
                    if rightWins > 0 && !takeRight(rightWins) { return }
                    if !takeLeft(1) { return }
                } while leftWins >= gallopMinimum || rightWins >= gallopMinimum
                winsNeeded += 1
            }
        } catch {
            // The deferred move would put the left run's last item behind what is not merged: it belongs in the gap.
            fromTemporary(left, out, leftCount - left)
            left = leftCount
            throw error
        }
    }

    /// The right run is the shorter one: it is set aside, and the result grows from the right.
    ///
    ///     keys:       what is left of the left run | gap | done
    ///     temporary:  what is left of the right run | ...
    private func mergeDownwards(_ start: Int, _ middle: Int, _ end: Int, _ winsNeeded: inout Int) throws(Raised) {
        let rightCount = end - middle
        copyToTemporary(middle, rightCount)
        // How many are left of either, and where the gap ends.
        var left = middle - start, right = rightCount, out = end
        // What is left of the right run fills the gap; if it is one item, it is the least of all.
        defer {
            if right == 1 && left > 0 {
                move(start, start + 1, left)
                fromTemporary(0, start, 1)
            } else {
                fromTemporary(0, out - right, right)
            }
        }
        func takeLeft(_ count: Int) -> Bool {
            left -= count
            out -= count
            move(start + left, out, count)
            return left > 0
        }
        func takeRight(_ count: Int) -> Bool {
            right -= count
            out -= count
            fromTemporary(right, out, count)
            return right > 1
        }
        if !takeLeft(1) || rightCount == 1 { return }
        do throws(Raised) {
            while true {
                var leftWins = 0, rightWins = 0
                while leftWins < winsNeeded && rightWins < winsNeeded {
                    let isUnfinished: Bool
                    if try less(tempKeys[right - 1], keys[start + left - 1]) {
                        leftWins += 1
                        rightWins = 0
                        isUnfinished = takeLeft(1)
                    } else {
                        rightWins += 1
                        leftWins = 0
                        isUnfinished = takeRight(1)
                    }
                    if !isUnfinished { return }
                }
                winsNeeded += 1
                repeat {
                    winsNeeded -= winsNeeded > 1 ? 1 : 0
                    leftWins = left - (try gallop(tempKeys[right - 1], keys + start, left, hint: left - 1, leftmost: false))
                    if leftWins > 0 && !takeLeft(leftWins) { return }
                    if !takeRight(1) { return }
                    rightWins = right - (try gallop(keys[start + left - 1], tempKeys, right, hint: right - 1, leftmost: true))
                    if rightWins > 0 && !takeRight(rightWins) { return }
                    if !takeLeft(1) { return }
                } while leftWins >= gallopMinimum || rightWins >= gallopMinimum
                winsNeeded += 1
            }
        } catch {
            fromTemporary(0, out - right, right)
            right = 0
            throw error
        }
    }
}
