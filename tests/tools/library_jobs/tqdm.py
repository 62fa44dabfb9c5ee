import tqdm
print(sum(tqdm.tqdm(range(3), disable=True)))
