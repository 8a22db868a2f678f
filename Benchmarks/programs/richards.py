"""Objects: an operating-system scheduler with devices, handlers, packets and queues."""
IDLE, WORKER, HANDLER_A, HANDLER_B, DEVICE_A, DEVICE_B = range(1, 7)
KIND_DEVICE, KIND_WORK = 0, 1
BUFFER = 4


class Packet:
    def __init__(self, link, ident, kind):
        self.link = link
        self.ident = ident
        self.kind = kind
        self.datum = 0
        self.data = [0] * BUFFER

    def append_to(self, queue):
        self.link = None
        if queue is None:
            return self
        last = queue
        while last.link is not None:
            last = last.link
        last.link = self
        return queue


class Task:
    def __init__(self, scheduler, ident, priority, queue, waiting, pending):
        self.scheduler = scheduler
        self.link = scheduler.tasks
        self.ident = ident
        self.priority = priority
        self.input = queue
        self.packet_pending = pending
        self.task_waiting = waiting
        self.task_holding = False
        scheduler.tasks = self
        scheduler.table[ident] = self

    def add_packet(self, packet, old):
        if self.input is None:
            self.input = packet
            self.packet_pending = True
            if self.priority > old.priority:
                return self
        else:
            packet.append_to(self.input)
        return old

    def is_held_or_waiting(self):
        return self.task_holding or (not self.packet_pending and self.task_waiting)

    def take(self):
        if self.task_waiting and self.packet_pending:
            packet = self.input
            self.input = packet.link
            self.task_waiting = False
            self.packet_pending = self.input is not None
            return packet
        return None

    def wait(self):
        self.task_waiting = True
        return self

    def hold(self):
        self.scheduler.held += 1
        self.task_holding = True
        return self.link

    def release(self, ident):
        task = self.scheduler.table[ident]
        task.task_holding = False
        return task if task.priority > self.priority else self

    def send(self, packet):
        task = self.scheduler.table[packet.ident]
        self.scheduler.queued += 1
        packet.link = None
        packet.ident = self.ident
        return task.add_packet(packet, self)


class IdleTask(Task):
    def __init__(self, scheduler, ident, priority, queue, waiting, pending):
        super().__init__(scheduler, ident, priority, queue, waiting, pending)
        self.control = 1
        self.count = 10000

    def run(self, packet):
        self.count -= 1
        if self.count == 0:
            return self.hold()
        if self.control & 1 == 0:
            self.control //= 2
            return self.release(DEVICE_A)
        self.control = self.control // 2 ^ 0xD008
        return self.release(DEVICE_B)


class WorkTask(Task):
    def __init__(self, scheduler, ident, priority, queue, waiting, pending):
        super().__init__(scheduler, ident, priority, queue, waiting, pending)
        self.destination = HANDLER_A
        self.count = 0

    def run(self, packet):
        if packet is None:
            return self.wait()
        self.destination = HANDLER_B if self.destination == HANDLER_A else HANDLER_A
        packet.ident = self.destination
        packet.datum = 0
        for i in range(BUFFER):
            self.count += 1
            if self.count > 26:
                self.count = 1
            packet.data[i] = 64 + self.count
        return self.send(packet)


class HandlerTask(Task):
    def __init__(self, scheduler, ident, priority, queue, waiting, pending):
        super().__init__(scheduler, ident, priority, queue, waiting, pending)
        self.work = None
        self.devices = None

    def run(self, packet):
        if packet is not None:
            if packet.kind == KIND_WORK:
                self.work = packet.append_to(self.work)
            else:
                self.devices = packet.append_to(self.devices)
        work = self.work
        if work is not None:
            count = work.datum
            if count >= BUFFER:
                self.work = work.link
                return self.send(work)
            device = self.devices
            if device is not None:
                self.devices = device.link
                device.datum = work.data[count]
                work.datum = count + 1
                return self.send(device)
        return self.wait()


class DeviceTask(Task):
    def __init__(self, scheduler, ident, priority, queue, waiting, pending):
        super().__init__(scheduler, ident, priority, queue, waiting, pending)
        self.pending = None

    def run(self, packet):
        if packet is None:
            if self.pending is None:
                return self.wait()
            packet = self.pending
            self.pending = None
            return self.send(packet)
        self.pending = packet
        return self.hold()


class Scheduler:
    def __init__(self):
        self.tasks = None
        self.table = [None] * 10
        self.held = 0
        self.queued = 0

    def schedule(self):
        task = self.tasks
        while task is not None:
            if task.is_held_or_waiting():
                task = task.link
            else:
                task = task.run(task.take())


def run():
    s = Scheduler()
    IdleTask(s, IDLE, 0, None, False, False)
    queue = Packet(Packet(None, WORKER, KIND_WORK), WORKER, KIND_WORK)
    WorkTask(s, WORKER, 1000, queue, True, True)
    for handler, device, priority in ((HANDLER_A, DEVICE_A, 2000), (HANDLER_B, DEVICE_B, 3000)):
        queue = None
        for _ in range(3):
            queue = Packet(queue, device, KIND_DEVICE)
        HandlerTask(s, handler, priority, queue, True, True)
    DeviceTask(s, DEVICE_A, 4000, None, True, False)
    DeviceTask(s, DEVICE_B, 5000, None, True, False)
    s.schedule()
    return s.queued, s.held


for _ in range(3):
    print(run())
