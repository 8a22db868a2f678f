"""Attributes and method calls: bank accounts, properties, class and static methods."""
class Account:
    fee = 2
    opened = 0

    def __init__(self, owner, balance):
        self.owner = owner
        self._balance = balance
        self.moves = 0
        Account.opened += 1

    @property
    def balance(self):
        return self._balance

    @classmethod
    def charge(cls):
        return cls.fee

    @staticmethod
    def clamp(amount):
        return amount if amount < 1000 else 1000

    def deposit(self, amount):
        self._balance += self.clamp(amount)
        self.moves += 1
        return self

    def withdraw(self, amount):
        if amount + self.charge() > self.balance:
            return False
        self._balance -= amount + self.charge()
        self.moves += 1
        return True

    def transfer(self, other, amount):
        if self.withdraw(amount):
            other.deposit(amount)
            return True
        return False


class Savings(Account):
    fee = 1

    def withdraw(self, amount):
        return super().withdraw(amount // 2)


accounts = [Account("a%d" % i, 500) if i % 2 else Savings("s%d" % i, 800) for i in range(20)]
done = 0
for step in range(200000):
    a = accounts[step % 20]
    b = accounts[(step * 7 + 3) % 20]
    if a.transfer(b, step % 13):
        done += 1
print(done, sum(a.balance for a in accounts), sum(a.moves for a in accounts), Account.opened)
