"""Lists: pancake flips over all permutations."""
def fannkuch(n):
    permutation = list(range(n))
    count = [0] * n
    flips_max = checksum = 0
    sign = 1
    while True:
        first = permutation[0]
        if first:
            work = permutation[:]
            flips = 1
            while True:
                low, high = 1, first - 1
                while low < high:
                    work[low], work[high] = work[high], work[low]
                    low += 1
                    high -= 1
                following = work[first]
                work[first] = first
                first = following
                if not first:
                    break
                flips += 1
            if flips > flips_max:
                flips_max = flips
            checksum += sign * flips
        if sign == 1:
            permutation[0], permutation[1] = permutation[1], permutation[0]
            sign = -1
        else:
            permutation[1], permutation[2] = permutation[2], permutation[1]
            sign = 1
            i = 2
            while True:
                if count[i] < i:
                    count[i] += 1
                    break
                count[i] = 0
                i += 1
                if i == n:
                    return checksum, flips_max
                permutation.insert(i, permutation.pop(0))


print(fannkuch(9))
